/**
 * Writes api-results.br: what the operations of AWS's APIs answer, as far as `TestState` compares a mocked result with
 * it. Taken from the service models in botocore (Apache-2.0), which is not needed for anything else:
 *
 *     pip download botocore --no-deps && unzip botocore-*.whl 'botocore/data/*'
 *     pnpm --filter @workflows/local-cloud models "$PWD/botocore/data"
 *
 * One line for each service, the JSON of `{id, operations, shapes}`. A shape is the index of one in `shapes`, or a
 * letter: s string, n number, b boolean, x bytes, d any JSON. In `shapes` stand structures (names of required members
 * end in !), lists `[shape]`, maps `["*", shape]`, and enumerations as one string.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync } from 'node:zlib';

const LETTERS = {
  string: 's',
  character: 's',
  timestamp: 's',
  integer: 'n',
  long: 'n',
  short: 'n',
  float: 'n',
  double: 'n',
  boolean: 'b',
  blob: 'x',
};

function readModel(folder) {
  const version = readdirSync(folder).sort().at(-1) ?? '';
  const name = readdirSync(join(folder, version)).find((file) => file.startsWith('service-2.json'));
  if (name === undefined) {
    return undefined;
  }
  const bytes = readFileSync(join(folder, version, name));
  return JSON.parse(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

/** Step Functions begins the names of members with a capital, and those of operations with a small letter. */
const capital = (name) => name[0].toUpperCase() + name.slice(1);
const small = (name) => name[0].toLowerCase() + name.slice(1);

function compact(model) {
  const shapes = [];
  const indexes = new Map();
  const define = (shape) => {
    if (shape.enum !== undefined) {
      return shape.enum.join('|');
    }
    if (shape.type === 'list') {
      return [encode(shape.member.shape)];
    }
    if (shape.type === 'map') {
      return ['*', encode(shape.value.shape)];
    }
    const members = Object.entries(shape.members).map(([name, member]) => {
      const isRequired = shape.required?.includes(name) ?? false;
      return [capital(name) + (isRequired ? '!' : ''), encode(member.shape)];
    });
    return Object.fromEntries(members);
  };
  const encode = (name) => {
    const shape = model.shapes[name];
    if (shape.document === true) {
      return 'd';
    }
    if (shape.enum === undefined && shape.type in LETTERS) {
      return LETTERS[shape.type];
    }
    const known = indexes.get(name);
    if (known !== undefined) {
      return known;
    }
    const index = shapes.push(null) - 1;
    indexes.set(name, index);
    shapes[index] = define(shape);
    return index;
  };
  const operations = Object.entries(model.operations)
    .filter(([, { output }]) => output !== undefined)
    .map(([name, { output }]) => [small(name), encode(output.shape)]);
  // As in arn:aws:states:::aws-sdk:<id>:<operation>.
  const id = model.metadata.serviceId.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return JSON.stringify({ id, operations: Object.fromEntries(operations), shapes });
}

const [data = ''] = process.argv.slice(2);
const models = readdirSync(data)
  .map((name) => join(data, name))
  .filter((path) => statSync(path).isDirectory())
  .map(readModel)
  .filter((model) => model !== undefined);
const file = new URL('api-results.br', import.meta.url);
writeFileSync(file, brotliCompressSync(models.map(compact).join('\n')));
