import { PATTERN_SUFFIX } from '@workflows/states-language/document';
import { allVisits, type ExecutionModel, type Visit } from './model';

const TIMEOUT = 'States.Timeout';
/** What a Catch may call a missed heartbeat, and an error path passes on; the attempt itself ends with `States.Timeout`. */
const HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';

/** Where an execution's failure began. */
export interface Failure {
  readonly error: string;
  readonly cause?: string;
  /** The state in which it began; absent when the execution failed as a whole. */
  readonly state?: string;
  readonly visit?: number;
  /** How many attempts that state made. */
  readonly attempts: number;
  /** The heartbeat timed out, not the task. Step Functions reports both as `States.Timeout`. */
  readonly heartbeatMissed: boolean;
  /** The called service reported a failure in its callback. */
  readonly calledBack: boolean;
}

/**
 * Finds where a failed execution's error began: a Fail state at the end of an error path only repeats what another
 * state ran into before.
 */
export function failureOf(model: ExecutionModel): Failure | undefined {
  if (model.status === 'RUNNING' || model.status === 'SUCCEEDED') {
    return undefined;
  }
  const visits = allVisits(model.visits);
  const origin =
    visits.find((it) => isOrigin(it, model.error)) ?? visits.findLast((it) => it.status !== 'succeeded' && it.error);
  const open =
    origin ?? visits.findLast((it) => it.status === 'failed' || it.status === 'aborted' || it.status === 'timed_out');
  const error = model.error ?? origin?.error ?? (model.status === 'TIMED_OUT' ? TIMEOUT : '');
  const cause = model.cause ?? origin?.cause;
  return {
    error,
    ...(cause === undefined ? {} : { cause }),
    ...(open === undefined ? {} : { state: open.state, visit: open.id }),
    attempts: open?.attempts.length ?? 0,
    calledBack: calledBack(open),
    heartbeatMissed: error === HEARTBEAT_TIMEOUT || missedHeartbeat(open),
  };
}

function calledBack(visit: Visit | undefined): boolean {
  const attempt = visit?.attempts.at(-1);
  return (
    attempt?.status === 'failed' &&
    attempt.submittedAt !== undefined &&
    attempt.resource.endsWith(PATTERN_SUFFIX.WAIT_FOR_TASK_TOKEN)
  );
}

function missedHeartbeat(visit: Visit | undefined): boolean {
  const attempt = visit?.attempts.at(-1);
  if (attempt?.status !== 'timed_out' || attempt.heartbeatSeconds === undefined) {
    return false;
  }
  const waitedMs = (attempt.endedAt ?? 0) - (attempt.startedAt ?? attempt.scheduledAt);
  return attempt.timeoutSeconds === undefined || waitedMs < attempt.timeoutSeconds * 1000;
}

/** An own error of the state (not one that a Fail state was told to repeat) that equals the execution's. */
function isOrigin(visit: Visit, error: string | undefined): boolean {
  const attempt = visit.attempts.at(-1);
  const own =
    visit.type === 'Fail' ? undefined : (attempt?.error ?? (visit.rounds.length > 0 ? undefined : visit.error));
  return (
    own !== undefined && (error === undefined || own === error || (own === TIMEOUT && error === HEARTBEAT_TIMEOUT))
  );
}
