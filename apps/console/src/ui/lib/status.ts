import type { ExecutionStatus, Lane, VisitStatus } from '../../wire/types';

/** The tone in which a status is painted, and its word. The word alone says it: colour and sign only help. */
export interface Look {
  readonly tone: 'run' | 'wait' | 'ok' | 'bad' | 'late' | 'off' | 'mend';
  readonly word: string;
}

export const VISIT_LOOKS: Readonly<Record<VisitStatus, Look>> = {
  running: { tone: 'run', word: 'Running' },
  waiting: { tone: 'wait', word: 'Waiting' },
  retrying: { tone: 'mend', word: 'Waiting for retry' },
  succeeded: { tone: 'ok', word: 'Succeeded' },
  caught: { tone: 'mend', word: 'Error caught' },
  failed: { tone: 'bad', word: 'Failed' },
  timed_out: { tone: 'late', word: 'Timed out' },
  aborted: { tone: 'off', word: 'Stopped' },
};

export const EXECUTION_LOOKS: Readonly<Record<ExecutionStatus, Look>> = {
  RUNNING: VISIT_LOOKS.running,
  SUCCEEDED: VISIT_LOOKS.succeeded,
  FAILED: VISIT_LOOKS.failed,
  TIMED_OUT: VISIT_LOOKS.timed_out,
  ABORTED: VISIT_LOOKS.aborted,
  PENDING_REDRIVE: { tone: 'mend', word: 'Redrive due' },
};

export const LANE_LOOKS: Readonly<Record<Lane['status'], Look>> = {
  running: VISIT_LOOKS.running,
  succeeded: VISIT_LOOKS.succeeded,
  failed: VISIT_LOOKS.failed,
  aborted: VISIT_LOOKS.aborted,
};
