import type { ClosedStatus, Outcome } from './task-record';

/** How an execution stands, as Step Functions names it. */
export interface ExecutionState {
  readonly status: string;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** What a task's record says once its execution is over without a callback. */
export interface Ending {
  readonly status: ClosedStatus;
  readonly error: string;
  readonly cause: string;
}

/** `RUNNING`, and `PENDING_REDRIVE`, in which a redrive waits to go on. */
export const isOpen = ({ status }: ExecutionState): boolean => status === 'RUNNING' || status === 'PENDING_REDRIVE';

const DEFAULTS: Record<ClosedStatus, Pick<Ending, 'error' | 'cause'>> = {
  ABORTED: { error: 'ExecutionAborted', cause: 'The execution was stopped.' },
  TIMED_OUT: { error: 'States.Timeout', cause: 'The execution timed out.' },
  FAILED: { error: 'ExecutionFailed', cause: 'The execution failed without settling its task.' },
};

const isClosedStatus = (status: string): status is ClosedStatus => Object.hasOwn(DEFAULTS, status);

/** The outcome of a task whose execution ended without success. */
export function endingOf(execution: ExecutionState): Ending {
  const status = isClosedStatus(execution.status) ? execution.status : 'ABORTED';
  return {
    status,
    error: execution.error || DEFAULTS[status].error,
    cause: execution.cause || DEFAULTS[status].cause,
  };
}

/**
 * Whether an execution that is over ended as the callback said. One that succeeded can only have done so with the
 * recorded success; one that failed did so with the callback's failure if it names the same error.
 */
export function endedWith(outcome: Outcome, execution: ExecutionState): boolean {
  if (outcome.status === 'SUCCEEDED') {
    return execution.status === 'SUCCEEDED';
  }
  return execution.status === 'FAILED' && (execution.error === undefined || execution.error === outcome.error);
}

/** The error under which a wait that ran out is known. */
const TIMEOUT_ERRORS = ['States.Timeout', 'States.HeartbeatTimeout'];

/** The status of a task whose execution settles it after this error. */
export const settledStatus = (error: string): ClosedStatus => (TIMEOUT_ERRORS.includes(error) ? 'TIMED_OUT' : 'FAILED');

/**
 * The message of a cause. When a Lambda function fails, Step Functions gives its error as JSON text, stack trace
 * and all; clients get the message only.
 */
export function readableCause(cause: string): string {
  try {
    const value: unknown = JSON.parse(cause);
    const message: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'errorMessage') : undefined;
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
