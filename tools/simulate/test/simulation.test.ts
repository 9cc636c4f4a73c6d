/**
 * Proves every promise over 200 schedules full of faults, and over those that once broke one. `pnpm simulate` runs as
 * many more as there is time for.
 */
import { rmSync } from 'node:fs';
import { CALL_FAULTS } from '../src/schedule/faults';
import { synthesize } from '../src/synthesize';
import { runSchedules } from './support';

let outDir: string;
beforeAll(async () => {
  outDir = await synthesize();
}, 60_000);
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

it('keeps every promise in 200 schedules full of faults', async () => {
  const { failures, summary } = await runSchedules({ outDir, seed: 1, runs: 200 });

  expect(failures).toEqual([]);
  expect(summary).toMatchObject({ schedules: 200, failed: 0 });
  expect(Object.keys(summary.faults)).toEqual(
    expect.arrayContaining([...Object.keys(CALL_FAULTS), 'restart-functions', 'restart-states']),
  );
  expect(Object.keys(summary.outcomes)).toEqual(
    expect.arrayContaining(['SUCCEEDED', 'ABORTED', 'FAILED States.Timeout', 'FAILED States.HeartbeatTimeout']),
  );
}, 300_000);

it.each([
  [83, 'a composite that fails stops its other sub-workflows, and one of them while it settles'],
  [1_001_896, 'Step Functions restarts, and a write of an attempt comes after that of its second invocation'],
  [2_001_377, 'a callback finds no execution yet, and its outcome is taken when the wait has run out'],
  [1_071_711, 'a redriven execution is stopped, too, and one of its attempts writes after that'],
])(
  'seed %i stays as promised: %s',
  async (seed) => {
    const { failures } = await runSchedules({ outDir, seed, runs: 1 });

    expect(failures).toEqual([]);
  },
  60_000,
);

it('does the same in one order of schedules as in another', async () => {
  const alone = await runSchedules({ outDir, seed: 30, runs: 10 });
  const [first, second] = [
    await runSchedules({ outDir, seed: 20, runs: 10 }),
    await runSchedules({ outDir, seed: 20, runs: 20 }),
  ];
  const counted = ({ summary }: typeof alone) => [summary.executions, summary.callbacksAccepted, summary.virtualMs];

  expect(counted(second)).toEqual(counted(first).map((count, index) => count + (counted(alone)[index] ?? 0)));
}, 120_000);
