import { parse, type ValuesOf } from '@workflows/command-line';
import { SIMULATE, withDefaults } from '../src/options';

describe('options', () => {
  it('have defaults, and a seed by the time', () => {
    const options = withDefaults(parse(SIMULATE, []) as ValuesOf<typeof SIMULATE>, 12_345_678);

    expect(options).toMatchObject({ runs: 1000, seed: 12_345, json: false, verbose: false, mutation: undefined });
    expect(options.workers).toBeGreaterThan(0);
  });

  it.each([
    [['--runs', '0'], '--runs is "0". Allowed: a whole number from 1.'],
    [['--seed', '-1'], '--seed is "-1". Allowed: a whole number from 0.'],
    [['--workers', 'many'], '--workers is "many". Allowed: a whole number from 1.'],
    [['--mutation', 'none'], '--mutation is "none". Allowed: settle-overwrites-outcome, '],
    [['--frobnicate'], 'Unknown option --frobnicate.'],
  ])('%j are refused by name', (args, message) => {
    expect(() => parse(SIMULATE, args)).toThrow(message);
  });
});
