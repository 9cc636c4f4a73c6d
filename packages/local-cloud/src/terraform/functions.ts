import { createHash } from 'node:crypto';
import type { JsonValue } from '@workflows/states-language';
import { UnsupportedTerraformError } from './errors';

type TerraformFunction = (...values: JsonValue[]) => JsonValue;

const text = (value: JsonValue | undefined): string => {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new UnsupportedTerraformError(`a function received ${JSON.stringify(value)}; supported: a string`);
};

const list = (value: JsonValue | undefined): JsonValue[] => {
  if (Array.isArray(value)) {
    return value;
  }
  throw new UnsupportedTerraformError(`a function received ${JSON.stringify(value)}; supported: a list`);
};

const hash = (algorithm: string, encoding: 'hex' | 'base64') => (value: JsonValue | undefined) =>
  createHash(algorithm).update(text(value)).digest(encoding);

/** Terraform sorts the keys of what it encodes. */
const sorted = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
};

/** Terraform escapes what HTML would read as markup. */
const htmlSafe = (json: string) =>
  json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** @see https://developer.hashicorp.com/terraform/language/functions */
const FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  base64encode: (value) => Buffer.from(text(value)).toString('base64'),
  base64sha256: hash('sha256', 'base64'),
  concat: (...lists) => lists.flatMap(list),
  join: (separator, items) => list(items).map(text).join(text(separator)),
  jsondecode: (value) => JSON.parse(text(value)) as JsonValue,
  jsonencode: (value) => htmlSafe(JSON.stringify(sorted(value ?? null))),
  lower: (value) => text(value).toLowerCase(),
  md5: hash('md5', 'hex'),
  replace: (value, search, replacement) => {
    const pattern = /^\/(.*)\/$/s.exec(text(search))?.[1];
    return text(value).replaceAll(pattern === undefined ? text(search) : new RegExp(pattern, 'g'), text(replacement));
  },
  sha256: hash('sha256', 'hex'),
  split: (separator, value) => text(value).split(text(separator)),
  tostring: (value) => text(value),
  trimsuffix: (value, suffix) =>
    text(value).endsWith(text(suffix)) ? text(value).slice(0, -text(suffix).length) : text(value),
  upper: (value) => text(value).toUpperCase(),
};

/** @throws {UnsupportedTerraformError} for a function that the runtime does not have, or a wrong argument. */
export function callFunction(name: string, values: JsonValue[]): JsonValue {
  const implementation = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (implementation === undefined) {
    throw new UnsupportedTerraformError(
      `function \`${name}\` is not supported; supported: ${Object.keys(FUNCTIONS).join(', ')}`,
    );
  }
  return implementation(...values);
}
