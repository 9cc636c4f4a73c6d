import { createHash } from 'node:crypto';
import type { Scope } from '../evaluation';
import { HASHES } from '../intrinsics/shared';
import { memoryLimitExceeded, type QueryFault } from './bounds';
import { javaRandom } from './java-random';
import { parseStrictly } from './parse-strictly';

/** Elements of the longest `$range`, as measured on AWS: github.com/floci-io/floci/pull/2790 */
const MAX_RANGE_LENGTH = 360_145;

/** An argument of a type that the function does not take. The engine adds the function's name and words the message. */
const signatureFault = (index: number, value?: unknown): QueryFault => ({ code: 'T0410', index, value });

const argumentFault = (message: string): QueryFault => ({ code: 'D3137', message });

/** Refuses arguments beyond the last that a function takes. */
function checkCount(args: readonly unknown[], most: number): void {
  if (args.length > most) {
    throw signatureFault(most + 1, args[most]);
  }
}

function checkType(value: unknown, type: 'number' | 'string', index: number): void {
  if (value !== undefined && typeof value !== type) {
    throw signatureFault(index, value);
  }
}

function checkTypes(values: readonly unknown[], type: 'number' | 'string'): void {
  for (const [index, value] of values.entries()) {
    checkType(value, type, index + 1);
  }
}

function partition(...args: unknown[]): unknown {
  checkCount(args, 2);
  const [array, size] = args;
  checkType(size, 'number', 2);
  if (array === null) {
    throw { code: 'T0412', index: 1, value: array } satisfies QueryFault;
  }
  if (array === undefined) {
    return undefined;
  }
  const items: unknown[] = Array.isArray(array) ? array : [array];
  if (size === undefined) {
    return [items];
  }
  const length = Math.trunc(size as number);
  if (length < 0) {
    throw argumentFault('Second argument must be zero or greater');
  }
  if (length === 0 || items.length === 0) {
    return undefined;
  }
  return Array.from({ length: Math.ceil(items.length / length) }, (_, i) => items.slice(i * length, (i + 1) * length));
}

function range(...args: unknown[]): unknown {
  checkCount(args, 3);
  checkTypes(args, 'number');
  if (args.length < 3 || args.includes(undefined)) {
    return undefined;
  }
  const [first = 0, last = 0, step = 0] = (args as number[]).map(Math.trunc);
  const length = step === 0 ? 0 : Math.floor((last - first) / step) + 1;
  if (length > MAX_RANGE_LENGTH) {
    throw memoryLimitExceeded();
  }
  if (length <= 0) {
    return undefined;
  }
  // As every sequence of JSONata, one of a single value is that value.
  return length === 1 ? first : Array.from({ length }, (_, index) => first + index * step);
}

function hash(...args: unknown[]): unknown {
  checkCount(args, 2);
  checkTypes(args, 'string');
  const [data, algorithm] = args as (string | undefined)[];
  if (data === undefined || algorithm === undefined) {
    return undefined;
  }
  if (!Object.hasOwn(HASHES, algorithm)) {
    throw argumentFault(`Hash algorithm '${algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`);
  }
  return createHash(HASHES[algorithm] as string)
    .update(data)
    .digest('hex');
}

function parse(...args: unknown[]): unknown {
  checkCount(args, 1);
  const [text] = args;
  checkType(text, 'string', 1);
  if (text === undefined) {
    return undefined;
  }
  try {
    return parseStrictly(text as string);
  } catch {
    throw argumentFault('Invalid JSON');
  }
}

/**
 * What AWS adds to JSONata, with its clock and randomness taken from the execution. `$eval` is bound to nothing: AWS
 * does not offer it, `$parse` stands in for its use on JSON. What unusual arguments give was measured on AWS:
 * github.com/floci-io/floci/issues/2662 and pull/2676.
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
    random: (...args: unknown[]) => {
      checkCount(args, 1);
      const [seed] = args;
      checkType(seed, 'number', 1);
      return seed === undefined ? scope.random() : javaRandom(seed as number);
    },
    range,
    uuid: (...args: unknown[]) => {
      checkCount(args, 0);
      return scope.uuid();
    },
  };
}
