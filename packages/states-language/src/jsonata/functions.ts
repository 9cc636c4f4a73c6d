import { createHash } from 'node:crypto';
import type { Scope } from '../evaluation';
import { HASHES, seededRandom } from '../intrinsics/shared';

/** Thrown by a function that AWS adds to JSONata; reported without a JSONata error code. */
class FunctionArgumentError extends Error {
  override readonly name = 'FunctionArgumentError';
}

function fail(message: string): never {
  throw new FunctionArgumentError(message);
}

const MAX_RANGE_LENGTH = 1_000_000;

function partition(array: unknown, size: unknown): unknown {
  if (array === undefined) {
    return undefined;
  }
  if (typeof size !== 'number' || Math.floor(size) < 1) {
    return fail('Argument 2 of function $partition must be a positive number');
  }
  const items: unknown[] = Array.isArray(array) ? array : [array];
  const chunk = Math.floor(size);
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, i) => items.slice(i * chunk, (i + 1) * chunk));
}

function range(first: unknown, last: unknown, increment: unknown): unknown {
  if (typeof first !== 'number' || typeof last !== 'number' || typeof increment !== 'number') {
    return fail('The arguments of function $range must be numbers: start, end, step');
  }
  if (increment === 0) {
    return fail('Argument 3 of function $range must not be zero');
  }
  const length = Math.max(0, Math.floor((last - first) / increment) + 1);
  return length > MAX_RANGE_LENGTH
    ? fail(`Function $range must produce at most ${MAX_RANGE_LENGTH} elements`)
    : Array.from({ length }, (_, index) => first + index * increment);
}

function hash(data: unknown, algorithm: unknown): unknown {
  if (data === undefined) {
    return undefined;
  }
  const name = typeof algorithm === 'string' ? HASHES[algorithm] : undefined;
  if (name === undefined) {
    return fail(`Argument 2 of function $hash must be one of ${Object.keys(HASHES).join(', ')}`);
  }
  return createHash(name)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}

function parse(text: unknown): unknown {
  if (text === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(text as string) as unknown;
  } catch {
    return fail('Argument 1 of function $parse must be valid JSON');
  }
}

/**
 * What AWS adds to JSONata, with its clock and randomness taken from the execution. `$eval` is bound to nothing: AWS
 * does not offer it, `$parse` stands in for its use on JSON.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided
 */
export function functionBindings(scope: Scope): Record<string, unknown> {
  return {
    eval: undefined,
    hash,
    millis: () => scope.nowMs,
    parse,
    partition,
    random: (seed?: unknown) => (typeof seed === 'number' ? seededRandom(seed) : scope.random()),
    range,
    uuid: () => scope.uuid(),
  };
}
