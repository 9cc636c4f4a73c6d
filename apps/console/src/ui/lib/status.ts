import type { ExecutionStatus, Lane, VisitStatus } from '../../wire/types';

/** The tone in which a status is painted, its sign and its word. The word alone says it: colour and sign only help. */
export interface Look {
  readonly tone: 'run' | 'wait' | 'ok' | 'bad' | 'late' | 'off' | 'mend';
  readonly sign: string;
  readonly word: string;
}

export const EXECUTION_LOOKS: Readonly<Record<ExecutionStatus, Look>> = {
  RUNNING: { tone: 'run', sign: '●', word: 'Running' },
  SUCCEEDED: { tone: 'ok', sign: '✓', word: 'Succeeded' },
  FAILED: { tone: 'bad', sign: '✕', word: 'Failed' },
  TIMED_OUT: { tone: 'late', sign: '⧗', word: 'Timed out' },
  ABORTED: { tone: 'off', sign: '■', word: 'Stopped' },
  PENDING_REDRIVE: { tone: 'mend', sign: '↻', word: 'Redrive due' },
};

export const VISIT_LOOKS: Readonly<Record<VisitStatus, Look>> = {
  running: { tone: 'run', sign: '●', word: 'Running' },
  waiting: { tone: 'wait', sign: '⧗', word: 'Waiting' },
  retrying: { tone: 'mend', sign: '↻', word: 'To be retried' },
  succeeded: { tone: 'ok', sign: '✓', word: 'Succeeded' },
  caught: { tone: 'mend', sign: '↷', word: 'Error caught' },
  failed: { tone: 'bad', sign: '✕', word: 'Failed' },
  timed_out: { tone: 'late', sign: '⧗', word: 'Timed out' },
  aborted: { tone: 'off', sign: '■', word: 'Stopped' },
};

export const LANE_LOOKS: Readonly<Record<Lane['status'], Look>> = {
  running: VISIT_LOOKS.running,
  succeeded: VISIT_LOOKS.succeeded,
  failed: VISIT_LOOKS.failed,
  aborted: VISIT_LOOKS.aborted,
};
