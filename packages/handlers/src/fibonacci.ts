import { randomInt } from 'node:crypto';
import { FIBONACCI } from '@workflows/contract';
import { InvalidCountError } from './errors';

const { defaultCount, maxCount, minCount } = FIBONACCI;

/** A whole number between two bounds, both included. */
export type RandomInteger = (min: number, max: number) => number;

const cryptoRandom: RandomInteger = (min, max) => randomInt(min, max + 1);

/**
 * The first Fibonacci numbers, beginning 0, 1, 1, 2, 3.
 *
 * @param event `{count?}`: how many, 1…25; a random 2…8 when absent or null
 * @throws InvalidCountError with what was received and what is allowed
 */
export function fibonacciNumbers(event: unknown, random: RandomInteger = cryptoRandom): number[] {
  const count = readCount(event) ?? random(defaultCount.min, defaultCount.max);
  const numbers: number[] = [];
  for (let [current, next] = [0, 1]; numbers.length < count; [current, next] = [next, current + next]) {
    numbers.push(current);
  }
  return numbers;
}

function readCount(event: unknown): number | undefined {
  const count: unknown = Reflect.get(Object(event), 'count') ?? undefined;
  if (count === undefined) {
    return undefined;
  }
  if (!Number.isInteger(count) || Number(count) < minCount || Number(count) > maxCount) {
    const received = JSON.stringify(count).slice(0, 64);
    throw new InvalidCountError(`count is ${received}: it must be a whole number from ${minCount} to ${maxCount}.`);
  }
  return Number(count);
}
