/** Proves that the published document is the one that the schemas give, that it is OpenAPI, and that its examples hold. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { createDocument } from '../src/document';
import { OPERATIONS } from '../src/operations';

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
});

describe.each(OPERATIONS.map((operation) => [operation.routeKey, operation] as const))('%s', (_, operation) => {
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
