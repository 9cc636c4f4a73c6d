import { createHash } from 'node:crypto';
import type { JsonValue } from '../values/json';
import { deepEqual, isObject } from '../values/json';
import { HASHES, MAX_HASH_INPUT, MAX_RANGE_LENGTH, seededRandom } from './shared';

/** Where the two functions that are not pure take their values from. */
export interface IntrinsicEnvironment {
  random(): number;
  uuid(): string;
}

type IntrinsicFunction = (args: JsonValue[], environment: IntrinsicEnvironment) => JsonValue;

/** What a function has to say about its arguments; becomes `States.IntrinsicFailure`. */
export class IntrinsicArgumentError extends Error {
  override readonly name = 'IntrinsicArgumentError';
}

function fail(message: string): never {
  throw new IntrinsicArgumentError(message);
}

function arrayAt(args: JsonValue[], index: number): JsonValue[] {
  const value = args[index];
  return Array.isArray(value) ? value : fail(`Argument ${index + 1} must be an array`);
}

function stringAt(args: JsonValue[], index: number): string {
  const value = args[index];
  return typeof value === 'string' ? value : fail(`Argument ${index + 1} must be a string`);
}

function integerAt(args: JsonValue[], index: number): number {
  const value = args[index];
  return typeof value === 'number' ? Math.round(value) : fail(`Argument ${index + 1} must be a number`);
}

function shortString(args: JsonValue[]): string {
  const value = stringAt(args, 0);
  return value.length <= MAX_HASH_INPUT ? value : fail(`The input must have at most ${MAX_HASH_INPUT} characters`);
}

/** As Java prints values: `{a=1, b=[x, y]}`, and not as JSON, which `States.JsonToString` is for. */
function readable(value: JsonValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(readable).join(', ')}]`;
  }
  if (isObject(value)) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}=${readable(inner)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function format(args: JsonValue[]): string {
  const template = stringAt(args, 0);
  let next = 1;
  const text = template.replace(/\\([{}\\])|\{\}/g, (_match, escaped: string | undefined) => {
    if (escaped !== undefined) {
      return escaped;
    }
    const value = args[next];
    next += 1;
    if (value === undefined) {
      return fail('The number of arguments does not match the occurrences of {}');
    }
    return readable(value);
  });
  return next === args.length ? text : fail('The number of arguments does not match the occurrences of {}');
}

function range(args: JsonValue[]): number[] {
  const [first, last, increment] = [integerAt(args, 0), integerAt(args, 1), integerAt(args, 2)];
  if (increment === 0) {
    fail('The increment must not be zero');
  }
  const length = Math.max(0, Math.floor((last - first) / increment) + 1);
  if (length > MAX_RANGE_LENGTH) {
    fail(`The range must have at most ${MAX_RANGE_LENGTH} elements`);
  }
  return Array.from({ length }, (_, index) => first + index * increment);
}

function partition(args: JsonValue[]): JsonValue[] {
  const [array, size] = [arrayAt(args, 0), integerAt(args, 1)];
  if (size < 1) {
    fail('The chunk size must be a positive integer');
  }
  return Array.from({ length: Math.ceil(array.length / size) }, (_, i) => array.slice(i * size, (i + 1) * size));
}

function getItem(args: JsonValue[]): JsonValue {
  const [array, index] = [arrayAt(args, 0), integerAt(args, 1)];
  return array[index] ?? (index in array ? null : fail(`Index ${index} is out of bounds`));
}

function unique(args: JsonValue[]): JsonValue[] {
  const seen: JsonValue[] = [];
  for (const item of arrayAt(args, 0)) {
    if (!seen.some((known) => deepEqual(known, item))) {
      seen.push(item);
    }
  }
  return seen;
}

function jsonMerge(args: JsonValue[]): JsonValue {
  const [first, second, deep] = args;
  if (!isObject(first) || !isObject(second)) {
    return fail('The first two arguments must be objects');
  }
  return deep === false ? { ...first, ...second } : fail('Only the shallow merging mode is supported: pass false');
}

/** A blank text is no value, which AWS gives as `null`. */
function parseJson(args: JsonValue[]): JsonValue {
  const text = stringAt(args, 0);
  try {
    return text.trim() === '' ? null : (JSON.parse(text) as JsonValue);
  } catch {
    return fail('The string is not valid JSON');
  }
}

function mathRandom(args: JsonValue[], environment: IntrinsicEnvironment): number {
  const [from, to] = [integerAt(args, 0), integerAt(args, 1)];
  if (to <= from) {
    fail('The end of the range must be greater than its start');
  }
  const random = args.length === 3 ? seededRandom(integerAt(args, 2)) : environment.random();
  return from + Math.floor(random * (to - from));
}

function stringSplit(args: JsonValue[]): string[] {
  const separators = new Set(stringAt(args, 1));
  const parts: string[] = [''];
  for (const char of stringAt(args, 0)) {
    if (separators.has(char)) {
      parts.push('');
    } else {
      parts.push(`${parts.pop() ?? ''}${char}`);
    }
  }
  return parts.filter((part) => part !== '');
}

function hash(args: JsonValue[]): string {
  const algorithm = HASHES[stringAt(args, 1)] ?? fail(`The algorithm must be one of ${Object.keys(HASHES).join(', ')}`);
  const [data] = args;
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(algorithm)
    .update(text.length <= MAX_HASH_INPUT ? text : shortString([text]))
    .digest('hex');
}

/**
 * All intrinsic functions, with how many arguments each takes.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
const FUNCTIONS = {
  'States.Array': { arity: [0, Number.POSITIVE_INFINITY], run: (args) => args },
  'States.ArrayContains': {
    arity: [2, 2],
    run: (args) => arrayAt(args, 0).some((item) => deepEqual(item, args[1] ?? null)),
  },
  'States.ArrayGetItem': { arity: [2, 2], run: getItem },
  'States.ArrayLength': { arity: [1, 1], run: (args) => arrayAt(args, 0).length },
  'States.ArrayPartition': { arity: [2, 2], run: partition },
  'States.ArrayRange': { arity: [3, 3], run: range },
  'States.ArrayUnique': { arity: [1, 1], run: unique },
  'States.Base64Decode': { arity: [1, 1], run: (args) => Buffer.from(shortString(args), 'base64').toString('utf8') },
  'States.Base64Encode': { arity: [1, 1], run: (args) => Buffer.from(shortString(args), 'utf8').toString('base64') },
  'States.Format': { arity: [1, Number.POSITIVE_INFINITY], run: format },
  'States.Hash': { arity: [2, 2], run: hash },
  'States.JsonMerge': { arity: [3, 3], run: jsonMerge },
  'States.JsonToString': { arity: [1, 1], run: (args) => JSON.stringify(args[0]) },
  'States.MathAdd': { arity: [2, 2], run: (args) => integerAt(args, 0) + integerAt(args, 1) },
  'States.MathRandom': { arity: [2, 3], run: mathRandom },
  'States.StringSplit': { arity: [2, 2], run: stringSplit },
  'States.StringToJson': { arity: [1, 1], run: parseJson },
  'States.UUID': { arity: [0, 0], run: (_args, environment) => environment.uuid() },
} as const satisfies Record<string, { arity: readonly [number, number]; run: IntrinsicFunction }>;

export type IntrinsicName = keyof typeof FUNCTIONS;

export function isIntrinsicName(name: string): name is IntrinsicName {
  return Object.hasOwn(FUNCTIONS, name);
}

export function arityOf(name: IntrinsicName): readonly [number, number] {
  return FUNCTIONS[name].arity;
}

/** @throws {@link IntrinsicArgumentError} */
export function callIntrinsic(name: IntrinsicName, args: JsonValue[], environment: IntrinsicEnvironment): JsonValue {
  return (FUNCTIONS[name].run as IntrinsicFunction)(args, environment);
}
