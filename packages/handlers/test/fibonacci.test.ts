/** Proves the numbers, the bounds of their count, and that a mistake says what is allowed. */
import { InvalidCountError } from '../src/errors';
import { fibonacciNumbers } from '../src/fibonacci';

describe('the Fibonacci generator', () => {
  it.each([
    [1, [0]],
    [2, [0, 1]],
    [7, [0, 1, 1, 2, 3, 5, 8]],
    [8, [0, 1, 1, 2, 3, 5, 8, 13]],
  ])('gives the first %d', (count, numbers) => {
    expect(fibonacciNumbers({ count })).toEqual(numbers);
  });

  it('gives 25 at most', () => {
    expect(fibonacciNumbers({ count: 25 }).at(-1)).toBe(46_368);
  });

  it.each([{}, { count: null }, null, undefined, 'text', []])(
    'chooses 2 to 8 of them when no count is given: %j',
    (event) => {
      expect(fibonacciNumbers(event, (min) => min)).toHaveLength(2);
      expect(fibonacciNumbers(event, (_, max) => max)).toHaveLength(8);
    },
  );

  it.each([0, 26, -1, 1.5, '3', true, [], {}])('refuses the count %j', (count) => {
    const generate = () => fibonacciNumbers({ count });

    expect(generate).toThrow(InvalidCountError);
    expect(generate).toThrow(`count is ${JSON.stringify(count)}: it must be a whole number from 1 to 25.`);
  });
});
