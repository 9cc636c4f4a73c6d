/**
 * The state machine of a callback workflow, as far as its functions see it: it asks and waits, settles what went wrong,
 * and ends. It may be stopped and redriven at any time.
 */
export interface Execution {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** How often it was redriven. */
  readonly redriveCount: number;
  /** The state that it is in, or was in when it ended. */
  readonly phase: 'requesting' | 'settling' | 'succeeding' | 'failing';
  /** Which try of the external step waits, or waited last. */
  readonly attempt: number;
  /** What `settle-task` is told, and in the end why it failed. */
  readonly error: string;
  /** JSON text of what it succeeds with. */
  readonly output: string;
  /** Whether it fails without having been able to settle. */
  readonly unsettled: boolean;
}

export const STARTED: Execution = {
  status: 'RUNNING',
  redriveCount: 0,
  phase: 'requesting',
  attempt: 1,
  error: '',
  output: '',
  unsettled: false,
};

export const taskToken = ({ redriveCount, attempt }: Pick<Execution, 'redriveCount' | 'attempt'>): string =>
  `${redriveCount}.${attempt}`;

const isIn = ({ status, phase }: Execution, wanted: Execution['phase']): boolean =>
  status === 'RUNNING' && phase === wanted;

export const isWaiting = (execution: Execution): boolean => isIn(execution, 'requesting');
export const isSettling = (execution: Execution): boolean => isIn(execution, 'settling');

export type TaskAnswer = { readonly output: string } | { readonly error: string };

/** An error that the state retries, also when the service names it in its callback. */
export const RETRIED = 'ExternalServiceUnavailableError';

/** `SendTaskSuccess` or `SendTaskFailure`; `undefined` when nobody waits under this token. */
export function answered(
  execution: Execution,
  token: string,
  answer: TaskAnswer,
  attempts: number,
): Execution | undefined {
  const { attempt } = execution;
  if (!isWaiting(execution) || token !== taskToken(execution)) {
    return undefined;
  }
  if ('output' in answer) {
    return { ...execution, phase: 'succeeding', output: answer.output };
  }
  return answer.error === RETRIED && attempt < attempts
    ? { ...execution, attempt: attempt + 1 }
    : { ...execution, phase: 'settling', error: answer.error };
}

/** The answer of `settle-task` to the run that asked for it. */
export function settled(execution: Execution, redriveCount: number, answer: TaskAnswer): Execution {
  if (!isSettling(execution) || execution.redriveCount !== redriveCount) {
    return execution;
  }
  return 'output' in answer
    ? { ...execution, phase: 'succeeding', output: answer.output }
    : { ...execution, phase: 'failing', error: answer.error };
}

/** What may happen to an execution of itself, or by its operator. */
export function eventsOf(
  execution: Execution,
  { attempts, redrives }: { readonly attempts: number; readonly redrives: number },
): Record<string, Execution> {
  const { redriveCount, attempt } = execution;
  if (execution.status !== 'RUNNING') {
    return execution.status !== 'SUCCEEDED' && redriveCount < redrives
      ? { 'is redriven': { ...execution, status: 'RUNNING', redriveCount: redriveCount + 1, attempt: 1 } }
      : {};
  }
  const aborted = { 'is stopped': { ...execution, status: 'ABORTED' } } as const;
  switch (execution.phase) {
    case 'requesting':
      return {
        ...aborted,
        'waits in vain': { ...execution, phase: 'settling', error: 'States.Timeout' },
        'gets an error that is not retried': { ...execution, phase: 'settling', error: 'ExternalServiceRejected' },
        ...(attempt < attempts ? { 'tries again': { ...execution, attempt: attempt + 1 } } : {}),
      };
    case 'settling':
      return { ...aborted, 'cannot settle': { ...execution, phase: 'failing', unsettled: true } };
    case 'failing':
      return { ...aborted, fails: { ...execution, status: 'FAILED' } };
    case 'succeeding':
      return { ...aborted, succeeds: { ...execution, status: 'SUCCEEDED' } };
  }
}
