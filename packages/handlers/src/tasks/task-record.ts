import type { Task, TaskStatus } from '@workflows/contract/schemas';

export type { TaskStatus };

/** The statuses that only an execution's end gives a task, without a word from the external service. */
export type ClosedStatus = 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What the external service said in its first accepted callback; `output` is canonical JSON text of `{status, data}`. */
export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string };

/** One item of the Tasks table. The two tokens in it are secrets: see {@link publicTask} for what may be shown. */
export interface TaskRecord {
  readonly taskId: string;
  readonly executionArn: string;
  readonly status: TaskStatus;
  /** The attempt of the external step that wrote the task token last; 0 before the first. */
  readonly attempt: number;
  readonly redriveCount?: number;
  readonly taskToken?: string;
  readonly resumeToken?: string;
  /** Set with the first accepted callback and never again, whatever becomes of `status`. */
  readonly recorded?: Outcome['status'];
  /** Canonical JSON text of `{status, data}`. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly deliveredAt?: string;
  /** With `waitingSince` the key of the index of waiting tasks; only while the record is PENDING. */
  readonly waitingShard?: string;
  /** When the wait began: with the task, or with the redrive that opened its record again. */
  readonly waitingSince?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** The recorded outcome, or `undefined` while no callback was accepted. */
export function outcomeOf(record: TaskRecord): Outcome | undefined {
  if (record.recorded === 'SUCCEEDED') {
    return { status: 'SUCCEEDED', output: record.output ?? 'null' };
  }
  if (record.recorded === 'FAILED') {
    return { status: 'FAILED', error: record.error ?? '', cause: record.cause ?? '' };
  }
  return undefined;
}

/** Whether the record stands as its recorded outcome says: the execution was not closed over it. */
export const standsAsRecorded = (record: TaskRecord): boolean =>
  record.recorded !== undefined && record.status === record.recorded;

/** Whether two outcomes say the same. Outputs are canonical JSON, so equal values are equal text. */
export function sameOutcome(a: Outcome, b: Outcome): boolean {
  if (a.status === 'SUCCEEDED' || b.status === 'SUCCEEDED') {
    return a.status === 'SUCCEEDED' && b.status === 'SUCCEEDED' && a.output === b.output;
  }
  return a.error === b.error && a.cause === b.cause;
}

/** The public fields of a task. */
export function publicTask(record: TaskRecord): Task {
  const { taskId, status, attempt, createdAt, updatedAt, error, cause } = record;
  const common = { taskId, status, attempt, createdAt, updatedAt };
  if (status === 'SUCCEEDED') {
    return { ...common, output: JSON.parse(record.output ?? 'null') };
  }
  if (status === 'PENDING') {
    return common;
  }
  return { ...common, ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
