import type { JsonValue } from '../values/json';
import { type JsonObject, setProperty } from '../values/json';

/** A result that is not JSON: a function or a regular expression. */
export class UnsupportedResultError extends Error {
  override readonly name = 'UnsupportedResultError';
}

/**
 * Turns what the engine returned into plain JSON: its arrays carry hidden marks that would change how the next
 * expression sees them, and its objects may hold `undefined`. What is plain already is shared.
 */
export function normalize(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number') {
    // `Infinity`, `-Infinity` and `NaN` are strings on AWS (measured: github.com/floci-io/floci/issues/2737).
    return Number.isFinite(value) ? value : String(value);
  }
  if (Array.isArray(value)) {
    return normalizeArray(value);
  }
  if (typeof value === 'object' && !isEngineObject(value)) {
    return normalizeObject(value as Record<string, unknown>);
  }
  throw new UnsupportedResultError();
}

function isEngineObject(value: object): boolean {
  return '_jsonata_lambda' in value || '_jsonata_function' in value || value instanceof RegExp;
}

function normalizeArray(array: unknown[]): JsonValue[] {
  const marked = Object.getOwnPropertyNames(array).length > array.length + 1;
  const items = array.map((item) => (item === undefined ? null : normalize(item)));
  return marked || items.some((item, index) => item !== array[index]) ? items : (array as JsonValue[]);
}

function normalizeObject(object: Record<string, unknown>): JsonObject {
  const result: JsonObject = {};
  let same = true;
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) {
      same = false;
      continue;
    }
    const plain = normalize(value);
    same &&= plain === value;
    setProperty(result, key, plain);
  }
  return same ? (object as JsonObject) : result;
}
