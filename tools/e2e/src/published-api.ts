/** The published OpenAPI document, as what every answer has to agree with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

export type Schema = Readonly<Record<string, unknown>>;

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface DocumentedOperation {
  readonly tags: readonly [string];
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': {
        readonly schema: { readonly $ref: string };
        readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
      };
    };
  };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One route of the document. */
export interface PublishedOperation {
  /** `workflows`, `idempotent` or `mock`. */
  readonly api: string;
  /** In capitals. */
  readonly method: string;
  /** With parameters in braces: `/tasks/{taskId}`. */
  readonly path: string;
  readonly takesIdempotencyKey: boolean;
  /** What the body has to be; absent where there is none. */
  readonly body?: { readonly schema: Schema; readonly examples: readonly unknown[] };
  /** Documented statuses. */
  readonly statuses: readonly number[];
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];
const file = join(__dirname, '..', '..', '..', 'docs', 'openapi.json');

/** The document's routes, and whether an answer is one that it describes. */
export class PublishedApi {
  readonly operations: readonly PublishedOperation[];
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv = addFormats(new Ajv({ strict: false }));

  readonly #document: Document;

  private constructor(document: Document) {
    this.#document = document;
    this.#ajv.addSchema(document, 'openapi');
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [this.#describe(path, method, operation)];
      }),
    );
  }

  /** Reads `docs/openapi.json`. */
  static load(): PublishedApi {
    return new PublishedApi(JSON.parse(readFileSync(file, 'utf8')) as Document);
  }

  /** The route that a method and a path belong to. @param path below the stage, with its leading slash */
  find(method: string, path: string): PublishedOperation | undefined {
    const segments = path.split('/');
    const matches = (template: string): boolean => {
      const parts = template.split('/');
      return (
        parts.length === segments.length &&
        parts.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]))
      );
    };
    return this.operations.find((operation) => operation.method === method && matches(operation.path));
  }

  /**
   * What an answer has that the document does not describe.
   *
   * @returns `undefined` when everything is described
   */
  undescribed(
    { method, path }: Pick<PublishedOperation, 'method' | 'path'>,
    answer: { readonly status: number; readonly contentType: string; readonly text: string },
  ): string | undefined {
    const response = this.#document.paths[path]?.[method.toLowerCase()]?.responses[answer.status];
    if (response === undefined) {
      return `status ${answer.status} is not documented`;
    }
    if (response.content === undefined) {
      return answer.text === '' ? undefined : 'a body is not documented';
    }
    const type = answer.contentType.split(';', 1)[0]?.trim() ?? '';
    const schema = response.content[type]?.schema;
    if (schema === undefined) {
      return `content type ${type} is not documented for status ${answer.status}`;
    }
    const validate = this.#validator(JSON.stringify(schema));
    return validate(JSON.parse(answer.text)) ? undefined : this.#ajv.errorsText(validate.errors);
  }

  /** References in the document are to itself; here it is a schema among others. */
  #validator(schema: string): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known !== undefined) {
      return known;
    }
    const validate = this.#ajv.compile(JSON.parse(schema.replaceAll('"#/', '"openapi#/')));
    this.#validators.set(schema, validate);
    return validate;
  }

  #describe(path: string, method: string, operation: DocumentedOperation): PublishedOperation {
    const json = operation.requestBody?.content['application/json'];
    const schema = json && this.#document.components.schemas[json.schema.$ref.split('/').at(-1) ?? ''];
    return {
      api: operation.tags[0],
      method: method.toUpperCase(),
      path,
      takesIdempotencyKey: operation.parameters?.some(({ $ref }) => $ref.endsWith('/idempotencyKey')) ?? false,
      statuses: Object.keys(operation.responses).map(Number),
      ...(json && schema && { body: { schema, examples: Object.values(json.examples).map(({ value }) => value) } }),
    };
  }
}
