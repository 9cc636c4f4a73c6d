import { OUTPUTS, type OutputKey } from '@workflows/contract';
import { toResponses } from './answers';
import type { ApiName, Json, NamedSchema, Operation } from './model';
import { CATALOGUE_APIS, WRITTEN_OPERATIONS } from './operations';
import type { CatalogueApi } from './operations/from-catalogue';
import { HEADERS, idParameter, PARAMETERS } from './parameters';
import { GATEWAY_MESSAGE, PROBLEM, SCHEMAS, toComponent } from './schemas';

/** The output that says where an API is, and what the API is for. */
interface Api {
  readonly output: string;
  readonly description: string;
}

const APIS: Readonly<Record<ApiName, Api>> = {
  workflows: { output: qualified('workflowApi'), description: 'The workflow API' },
  idempotent: { output: qualified('idempotentApi'), description: 'The idempotent API' },
  mock: { output: qualified('serviceApi'), description: 'The mock external service' },
};

function qualified(key: OutputKey): string {
  const { stack, name } = OUTPUTS[key];
  return `${stack}.${name}`;
}

/**
 * The OpenAPI document of all APIs. They share no path, so each path names the server that it is of.
 *
 * @param catalogueApis the APIs that the catalogue describes, beside those whose operations are written here
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export function createDocument(version: string, catalogueApis: readonly CatalogueApi[] = CATALOGUE_APIS): Json {
  const described = catalogueApis.map(({ name, output, description }) => [
    name,
    { output: qualified(output), description },
  ]);
  const apis: Readonly<Record<string, Api>> = { ...APIS, ...Object.fromEntries(described) };
  const operations = [...WRITTEN_OPERATIONS, ...catalogueApis.flatMap((api) => api.operations)];
  const schemas = Object.assign({}, SCHEMAS, ...catalogueApis.map((api) => api.schemas));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Workflows',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: [
        'Requests and responses are JSON (`application/json`). Errors are problem documents (`application/problem+json`, RFC 9457) with a stable `code`.',
        'An unknown path is answered 404 `route-not-found`. An unsupported method on a known path is answered 405 `method-not-allowed` with `Allow`.',
        'An empty body is treated as `{}`. A body has at most 256 KiB and 64 levels of nesting.',
      ].join('\n\n'),
    },
    tags: Object.entries(apis).map(([name, { description, output }]) => ({
      name,
      description: `${description}: output \`${output}\``,
    })),
    paths: toPaths(operations, apis),
    components: {
      schemas: {
        ...Object.fromEntries(
          Object.entries<NamedSchema>(schemas).map(([name, schema]) => [name, toComponent(schema)]),
        ),
        Problem: PROBLEM,
        GatewayMessage: GATEWAY_MESSAGE,
      },
      parameters: { ...PARAMETERS, ...ownParameters(operations) },
      headers: HEADERS,
    },
  };
}

/** The path parameters of operations that the catalogue describes. */
const ownParameters = (operations: readonly Operation[]): Readonly<Record<string, Json>> => {
  const names = operations.flatMap(({ parameters = [] }) => parameters).filter((name) => !(name in PARAMETERS));
  return Object.fromEntries(names.map((name) => [name, idParameter(name, 'Name of the execution.')]));
};

function toPaths(operations: readonly Operation[], apis: Readonly<Record<string, Api>>): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.routeKey.split(' ');
    paths[path] = {
      servers: [server(apis[operation.api])],
      ...paths[path],
      [method.toLowerCase()]: toOperation(operation),
    };
  }
  return paths;
}

function toOperation(operation: Operation): Json {
  const { api, operationId, summary, description, parameters = [], body } = operation;
  return {
    tags: [api],
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0
      ? {}
      : { parameters: parameters.map((name) => ({ $ref: `#/components/parameters/${name}` })) }),
    ...(body === undefined ? {} : { requestBody: toRequestBody(body) }),
    responses: toResponses(operation),
  };
}

function toRequestBody({ schema, required, examples }: NonNullable<Operation['body']>): Json {
  return {
    required,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${schema}` },
        examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
      },
    },
  };
}

const server = (api: Api | undefined): Json => ({
  url: 'https://{apiId}.execute-api.{region}.amazonaws.com/prod',
  description: `${api?.description}: output ${api?.output}`,
  variables: { apiId: { default: 'a1b2c3d4e5' }, region: { default: 'us-east-1' } },
});
