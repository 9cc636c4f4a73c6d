/** Proves that the published document is the one that the schemas give, that it is OpenAPI, and that its examples hold. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { string, strictObject } from 'valibot';
import { createDocument } from '../src/document';
import { WRITTEN_OPERATIONS } from '../src/operations';
import { describeByCatalogue } from '../src/operations/from-catalogue';

const root = join(__dirname, '..', '..', '..');
const file = join(root, 'docs', 'openapi.json');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const document = JSON.parse(readFileSync(file, 'utf8'));

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(document, 'openapi');

const validator = (name: string) => ajv.compile({ $ref: `openapi#/components/schemas/${name}` });

describe('docs/openapi.json', () => {
  it('is what the schemas and the table of operations give; write it anew with `pnpm openapi`', () => {
    expect(document).toEqual(createDocument(version));
  });

  it('is OpenAPI 3.1', () => {
    const manifest = require.resolve('@seriousme/openapi-schema-validator/package.json');
    const cli = join(dirname(manifest), 'bin', 'validate-api-cli.js');

    expect(() => execFileSync(process.execPath, [cli, file], { encoding: 'utf8', stdio: 'pipe' })).not.toThrow();
  });

  it('describes a pattern by the catalogue as long as nobody has written its operations', () => {
    const apis = describeByCatalogue(
      {
        id: 'greeting',
        title: 'Greeting',
        start: {
          kind: 'api',
          api: 'workflowApi',
          path: 'greetings',
          resultPath: 'greetings/',
          idField: 'id',
          idempotencyKey: true,
        },
        example: { name: 'Ada' },
      },
      {
        'start-greeting': { purpose: 'Starts a greeting', trigger: { kind: 'route', routeKey: 'POST /greetings' } },
        'get-greeting': {
          purpose: 'Shows a greeting',
          trigger: { kind: 'route', routeKey: 'GET /greetings/{greetingId}' },
        },
      },
      { 'start-greeting': strictObject({ name: string() }) },
    );
    const { paths, components } = JSON.parse(JSON.stringify(createDocument(version, apis)));

    expect(paths['/greetings'].post).toMatchObject({
      operationId: 'startGreeting',
      summary: 'Starts a greeting',
      parameters: [{ $ref: '#/components/parameters/idempotencyKey' }],
      requestBody: {
        content: { 'application/json': { schema: { $ref: '#/components/schemas/greetingBody' } } },
      },
    });
    expect(paths['/greetings/{greetingId}'].get).toMatchObject({
      operationId: 'getGreeting',
      parameters: [{ $ref: '#/components/parameters/greetingId' }],
    });
    expect(components.parameters.greetingId).toMatchObject({ in: 'path', required: true });
    expect(components.schemas.greetingBody).toMatchObject({ type: 'object', required: ['name'] });
  });
});

describe.each(WRITTEN_OPERATIONS.map((operation) => [operation.routeKey, operation] as const))('%s', (_, operation) => {
  it('has examples that its schemas take', () => {
    const { body, answers } = operation;
    const examples = [
      ...Object.values(body?.examples ?? {}).map((example) => ({ schema: body?.schema ?? '', example })),
      ...Object.values(answers).flatMap(({ schema, example }) => (schema === undefined ? [] : [{ schema, example }])),
    ];

    for (const { schema, example } of examples) {
      const validate = validator(schema);
      validate(example);
      expect({ schema, errors: validate.errors }).toEqual({ schema, errors: null });
    }
    expect(examples.length).toBeGreaterThan(0);
  });
});

describe('schemas', () => {
  it.each([
    ['StartBody', { timeoutSeconds: 0 }],
    ['StartBody', { surplus: 1 }],
    ['CallbackBody', { status: 'done' }],
    ['CallbackBody', { status: 'failed', error: 'States.Timeout' }],
    ['CompositeBody', { names: [] }],
    ['IdempotentBody', { name: 'with space' }],
    ['Task', { taskId: 't', status: 'PENDING', attempt: 1, createdAt: 'x', updatedAt: 'y' }],
    ['Problem', { status: 404 }],
  ])('%s refuses %j', (name, value) => {
    expect(validator(name)(value)).toBe(false);
  });
});
