import { parseOptions } from '../src/options';

describe('options', () => {
  it('have defaults, and a seed by the time', () => {
    expect(parseOptions([], 12_345_678)).toMatchObject({
      runs: 1000,
      seed: 12_345,
      json: false,
      verbose: false,
      mutation: undefined,
    });
  });

  it.each([
    [['--runs', '0'], '--runs is "0"; allowed is a whole number from 1'],
    [['--seed', '-1'], "Option '--seed' argument is ambiguous"],
    [['--workers', 'many'], '--workers is "many"; allowed is a whole number from 1'],
    [['--mutation', 'none'], '--mutation is "none"; allowed: settle-overwrites-outcome, '],
    [['--frobnicate'], "Unknown option '--frobnicate'"],
  ])('%j are refused by name', (args, message) => {
    expect(() => parseOptions(args, 0)).toThrow(message);
  });
});
