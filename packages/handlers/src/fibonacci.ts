import { randomInt } from 'node:crypto';
import { InvalidCountError } from './errors';

export const MIN_COUNT = 1;
export const MAX_COUNT = 25;

/** Bounds of the count when none is given, both included. */
const DEFAULT_COUNT = { min: 2, max: 8 } as const;

/** A whole number between two bounds, both included. */
export type RandomInteger = (min: number, max: number) => number;

const cryptoRandom: RandomInteger = (min, max) => randomInt(min, max + 1);

/**
 * The first Fibonacci numbers, beginning 1, 1, 2, 3, 5.
 *
 * @param event `{count?}`: how many, 1…25; a random 2…8 when absent or null
 * @throws InvalidCountError with what was received and what is allowed
 */
export function fibonacciNumbers(event: unknown, random: RandomInteger = cryptoRandom): number[] {
  const count = readCount(event) ?? random(DEFAULT_COUNT.min, DEFAULT_COUNT.max);
  const numbers: number[] = [];
  for (let [current, next] = [1, 1]; numbers.length < count; [current, next] = [next, current + next]) {
    numbers.push(current);
  }
  return numbers;
}

function readCount(event: unknown): number | undefined {
  const count: unknown = Reflect.get(Object(event), 'count') ?? undefined;
  if (count === undefined) {
    return undefined;
  }
  if (!Number.isInteger(count) || Number(count) < MIN_COUNT || Number(count) > MAX_COUNT) {
    const received = JSON.stringify(count).slice(0, 64);
    throw new InvalidCountError(`count is ${received}: it must be a whole number from ${MIN_COUNT} to ${MAX_COUNT}.`);
  }
  return Number(count);
}
