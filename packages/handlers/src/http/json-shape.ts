import { MAX_JSON_DEPTH } from '@workflows/contract';
import { type FieldError, fieldError } from '@workflows/lambda-commons/problem';

type Key = string | number;

interface Visit {
  readonly value: object;
  readonly path: readonly Key[];
}

/**
 * Finds valid JSON that the workflow cannot process: nesting deeper than {@link MAX_JSON_DEPTH}, and numbers
 * beyond a double (`1e999`), which would silently become `null`.
 *
 * Walks without recursion, since depth is what it guards against.
 */
export function findUnsupportedJson(root: unknown): FieldError | undefined {
  if (typeof root === 'number') {
    return checkNumber(root, []);
  }
  const pending: Visit[] = isContainer(root) ? [{ value: root, path: [] }] : [];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    if (visit.path.length >= MAX_JSON_DEPTH) {
      return fieldError(visit.path.slice(0, 3), `is nested too deeply: at most ${MAX_JSON_DEPTH} levels are allowed`);
    }
    const isArray = Array.isArray(visit.value);
    for (const [key, value] of Object.entries(visit.value)) {
      const path = [...visit.path, isArray ? Number(key) : key];
      const error = typeof value === 'number' ? checkNumber(value, path) : undefined;
      if (error !== undefined) {
        return error;
      }
      if (isContainer(value)) {
        pending.push({ value, path });
      }
    }
  }
  return undefined;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const checkNumber = (value: number, path: readonly Key[]): FieldError | undefined =>
  Number.isFinite(value) ? undefined : fieldError(path, 'is a number beyond the range of a double');
