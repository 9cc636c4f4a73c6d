/**
 * Where a target is known not to do what AWS does. A test named here has to fail on that target: when it begins to
 * pass, the run fails until its line is removed. Everything else runs as usual, on every target.
 */
import type { TargetName } from './target';

export interface Deviation {
  /** Title of the test, in full. */
  readonly test: string;
  /** What the target does instead. */
  readonly reason: string;
}

const equalStartsFail =
  'MiniStack 1.4.21 answers every repeat of a running name with ExecutionAlreadyExists, equal input or not';
const heartbeatsUnwatched = 'MiniStack 1.4.21 takes HeartbeatSeconds and never enforces it';
const lateTokensUnknown = 'MiniStack 1.4.21 answers a late token with TaskDoesNotExist, as if it had never been';

export const deviations: Readonly<Record<TargetName, readonly Deviation[]>> = {
  local: [],
  aws: [],
  emulator: [
    {
      test: 'StartExecution repeated with equal input while running returns the same execution',
      reason: equalStartsFail,
    },
    { test: 'a task that stops sending heartbeats ends in States.HeartbeatTimeout', reason: heartbeatsUnwatched },
    { test: 'SendTaskSuccess for a task that has ended is TaskTimedOut', reason: lateTokensUnknown },
  ],
};

/** The deviation of a target that concerns a test, if there is one. */
export function deviationOf(target: TargetName, test: string): Deviation | undefined {
  return deviations[target].find((deviation) => deviation.test === test);
}
