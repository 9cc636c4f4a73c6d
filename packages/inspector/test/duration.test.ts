import { formatDuration } from '../src';

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [840, '840 ms'],
    [3290, '3.2 s'],
    [9999, '9.9 s'],
    [60_000, '1 min'],
    [245_000, '4 min 5 s'],
    [86_400_000, '1 d'],
    [183_600_000, '2 d 3 h'],
    [86_460_000, '1 d'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
