/**
 * Proves that the simulation finds what it looks for: each promise is broken on purpose, in the code or the resources
 * that are deployed, and has to be seen broken within these schedules.
 */
import { rmSync } from 'node:fs';
import { MUTATIONS } from '../src/mutations/mutations';
import { INVARIANTS } from '../src/run/evidence';
import { synthesize } from '../src/synthesize';
import { runSchedules } from './support';

/** For each bug the schedules that find it: as few as that takes. */
const FOUND_BY: Readonly<Record<string, { readonly seed: number; readonly runs: number }>> = {
  'settle-overwrites-outcome': { seed: 69, runs: 1 },
  'recorded-success-not-taken': { seed: 69, runs: 1 },
  'no-catch': { seed: 82, runs: 1 },
  'retry-forgets-outcome': { seed: 44, runs: 1 },
  'second-outcome-wins': { seed: 12, runs: 1 },
  'send-before-record': { seed: 9, runs: 1 },
  'stopped-while-settling': { seed: 83, runs: 1 },
  'any-resume-token': { seed: 4, runs: 1 },
  'two-are-told-new': { seed: 9, runs: 1 },
  'other-input-is-equal': { seed: 4, runs: 1 },
};

let outDir: string;
beforeAll(async () => {
  outDir = await synthesize();
}, 60_000);
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

describe('the simulation', () => {
  it.each(Object.entries(MUTATIONS))(
    'finds %s',
    async (mutation, { breaks }) => {
      const { seed, runs } = FOUND_BY[mutation] ?? { seed: 1, runs: 5 };

      const { failures } = await runSchedules({ outDir, seed, runs, mutation });

      expect(failures.flatMap(({ violations }) => violations.map(({ invariant }) => invariant))).toContain(breaks);
    },
    120_000,
  );

  it('is tried with a bug for each promise', () => {
    expect(new Set(Object.values(MUTATIONS).map(({ breaks }) => breaks))).toEqual(new Set(Object.keys(INVARIANTS)));
  });
});
