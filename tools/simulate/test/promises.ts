import { CALL_FAULTS } from '../src/schedule/faults';
import type { WorkOrder, WorkReport } from '../src/worker';

type Run = (order: WorkOrder) => Promise<WorkReport>;

export function itKeepsEveryPromise(run: Run, schedules: number): void {
  it(`keeps every promise in ${schedules} schedules full of faults`, async () => {
    const { failures, summary } = await run({ from: 1, count: schedules });

    expect(failures).toEqual([]);
    expect(summary).toMatchObject({ schedules, failed: 0 });
    expect(Object.keys(summary.faults)).toEqual(
      expect.arrayContaining([...Object.keys(CALL_FAULTS), 'restart-functions', 'restart-states']),
    );
    expect(Object.keys(summary.outcomes)).toEqual(
      expect.arrayContaining(['SUCCEEDED', 'ABORTED', 'FAILED States.Timeout', 'FAILED States.HeartbeatTimeout']),
    );
  });
}

/** What a schedule does depends on its seed alone, not on those that ran in the same world before it. */
export function itDoesTheSameInAnyOrder(
  [runLater, runFirst, runBoth]: readonly [Run, Run, Run],
  schedules: number,
): void {
  it('does the same in one order of schedules as in another', async () => {
    const later = await runLater({ from: 20 + schedules, count: schedules });
    const first = await runFirst({ from: 20, count: schedules });
    const both = await runBoth({ from: 20, count: 2 * schedules });
    const counted = ({ summary }: WorkReport) => [summary.executions, summary.callbacksAccepted, summary.virtualMs];

    expect(counted(both)).toEqual(counted(first).map((count, index) => count + (counted(later)[index] ?? 0)));
  });
}
