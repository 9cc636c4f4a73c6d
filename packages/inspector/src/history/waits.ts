import { type Definition, findState, PATTERN_SUFFIX, type Retrier } from '@workflows/states-language/document';
import { type Attempt, allVisits, type ExecutionModel, type Visit } from './model';

/** Something that an execution waits for. Times are epoch milliseconds. */
export interface Wait {
  readonly visit: number;
  readonly state: string;
  readonly kind: 'callback' | 'sub-workflow' | 'timer' | 'retry';
  /** The called function, state machine or service; absent for timers. */
  readonly target?: string;
  readonly since: number;
  readonly attempt: number;
  /** The wait ends with `States.Timeout` then. */
  readonly timeoutAt?: number;
  readonly heartbeatSeconds?: number;
  /**
   * The wait ends with `States.HeartbeatTimeout` then, unless a heartbeat comes first. A heartbeat leaves no event, so
   * this counts from the last one that the reader was told of, else from the beginning of the wait.
   */
  readonly heartbeatAt?: number;
  readonly childExecutionArn?: string;
  /** For timers and retries: when the state continues. For retries this is the latest time, because jitter may shorten it. */
  readonly until?: number;
}

/**
 * What the execution waits for now, at every depth.
 *
 * @param lastHeartbeatAt when the last heartbeat arrived, for those who know
 */
export function waitsOf(model: ExecutionModel, definition?: Definition, lastHeartbeatAt?: number): Wait[] {
  if (model.status !== 'RUNNING') {
    return [];
  }
  return allVisits(model.visits).flatMap((visit) => {
    const wait = visit.exitedAt === undefined ? waitOf(visit, definition, lastHeartbeatAt) : undefined;
    return wait === undefined ? [] : [wait];
  });
}

function waitOf(visit: Visit, definition: Definition | undefined, lastHeartbeatAt?: number): Wait | undefined {
  const base = { visit: visit.id, state: visit.state };
  if (visit.type === 'Wait' && visit.status === 'waiting') {
    const state = definition && findState(definition, visit.state);
    const seconds = state?.Type === 'Wait' ? state.Seconds : undefined;
    const until = typeof seconds === 'number' ? { until: visit.enteredAt + seconds * 1000 } : {};
    return { ...base, kind: 'timer', since: visit.enteredAt, attempt: 1, ...until };
  }
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined) {
    return undefined;
  }
  if (visit.status === 'retrying' && attempt.endedAt !== undefined) {
    const until = definition && nextTryAt(visit, definition);
    const next = until === undefined ? {} : { until };
    return {
      ...base,
      kind: 'retry',
      since: attempt.endedAt,
      attempt: attempt.number + 1,
      ...targetOf(attempt),
      ...next,
    };
  }
  if (attempt.status !== 'waiting' || attempt.submittedAt === undefined) {
    return undefined;
  }
  return { ...base, ...callback(attempt, attempt.submittedAt, lastHeartbeatAt) };
}

function callback(attempt: Attempt, submittedAt: number, lastHeartbeatAt: number | undefined) {
  const from = attempt.startedAt ?? attempt.scheduledAt;
  const heartbeat = attempt.heartbeatSeconds;
  const beat = Math.max(from, lastHeartbeatAt ?? 0);
  return {
    kind: attempt.resource.endsWith(PATTERN_SUFFIX.WAIT_FOR_TASK_TOKEN)
      ? ('callback' as const)
      : ('sub-workflow' as const),
    since: submittedAt,
    attempt: attempt.number,
    ...targetOf(attempt),
    ...(attempt.timeoutSeconds === undefined ? {} : { timeoutAt: from + attempt.timeoutSeconds * 1000 }),
    ...(heartbeat === undefined ? {} : { heartbeatSeconds: heartbeat, heartbeatAt: beat + heartbeat * 1000 }),
    ...(attempt.childExecutionArn === undefined ? {} : { childExecutionArn: attempt.childExecutionArn }),
  };
}

function targetOf(attempt: Attempt): { target?: string } {
  return attempt.target === undefined ? {} : { target: attempt.target };
}

/**
 * When the next attempt begins, by the Retry field of the state.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error
 */
function nextTryAt(visit: Visit, definition: Definition): number | undefined {
  const attempt = visit.attempts.at(-1);
  if (attempt?.endedAt === undefined) {
    return undefined;
  }
  const state = findState(definition, visit.state);
  const retriers = state !== undefined && 'Retry' in state ? state.Retry : [];
  const retrier = retriers?.find((it) => matches(it, attempt));
  if (retrier === undefined) {
    return undefined;
  }
  const earlier = visit.attempts.filter((it) => it.error !== undefined && matches(retrier, it)).length - 1;
  const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** Math.max(0, earlier);
  return attempt.endedAt + Math.min(delay, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1000;
}

function matches(retrier: Retrier, attempt: Attempt): boolean {
  return retrier.ErrorEquals.some((name) => {
    if (name === 'States.ALL' || name === attempt.error) {
      return true;
    }
    if (name === 'States.TaskFailed') {
      return attempt.status === 'failed';
    }
    return name === 'States.Timeout' && attempt.error === 'States.HeartbeatTimeout';
  });
}
