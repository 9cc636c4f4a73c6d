import { Random } from '../src/random';
import { generate } from '../src/schedule/generate';

describe('Random', () => {
  it('is a function of seed and stream', () => {
    const numbers = (seed: number, stream: string) => {
      const random = new Random(seed, stream);
      return Array.from({ length: 5 }, () => random.number());
    };

    expect(numbers(7, 'a')).toEqual(numbers(7, 'a'));
    expect(numbers(7, 'a')).not.toEqual(numbers(7, 'b'));
    expect(numbers(7, 'a')).not.toEqual(numbers(8, 'a'));
  });

  it('stays within its bounds and reaches them', () => {
    const random = new Random(1);
    const values = Array.from({ length: 2000 }, () => random.integer(3, 6));

    expect(new Set(values)).toEqual(new Set([3, 4, 5, 6]));
    for (let count = 0; count < 2000; count++) {
      const delayMs = random.delayMs(10, 1000);
      expect(delayMs).toBeGreaterThanOrEqual(10);
      expect(delayMs).toBeLessThanOrEqual(1000);
    }
  });
});

describe('a schedule', () => {
  it('is decided by its seed', () => {
    expect(generate(42)).toEqual(generate(42));
    expect(generate(42)).not.toEqual(generate(43));
  });
});
