/**
 * Proves that the simulation finds bugs: each guarantee is broken on purpose, in the code or the resources that are
 * deployed, and has to be reported within these schedules.
 */
import { MUTATIONS } from '../src/mutations/mutations';
import { INVARIANTS } from '../src/run/evidence';
import { simulationWorker } from './support';

/** For each bug the seed of a schedule that finds it; the first schedule finds the others. */
const FOUND_BY: Readonly<Record<string, number>> = {
  'settle-overwrites-outcome': 69,
  'recorded-success-not-taken': 69,
  'no-catch': 82,
  'retry-forgets-outcome': 44,
  'second-outcome-wins': 12,
  'send-before-record': 9,
  'stopped-while-settling': 83,
  'any-resume-token': 4,
  'two-are-told-new': 9,
  'other-input-is-equal': 4,
  'no-timeout': 2,
  'missing-permission': 2,
};

const run = simulationWorker();

describe('the simulation', () => {
  it.each(Object.entries(MUTATIONS))(
    'finds %s',
    async (mutation, { breaks }) => {
      const { failures } = await run({ from: FOUND_BY[mutation] ?? 1, count: 1, mutation });

      expect(failures.flatMap(({ violations }) => violations.map(({ invariant }) => invariant))).toContain(breaks);
    },
    120_000,
  );

  it('is tried with a bug for each guarantee', () => {
    expect(new Set(Object.values(MUTATIONS).map(({ breaks }) => breaks))).toEqual(new Set(Object.keys(INVARIANTS)));
  });
});
