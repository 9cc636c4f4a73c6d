import { MAX_CAUSE_LENGTH, MAX_ERROR_LENGTH } from '@workflows/contract';
import type { SettleTaskEvent } from '@workflows/contract/schemas';
import type { Clock } from '../clock';
import { DependencyUnavailableError } from '../errors';
import type { Log } from '../logging/logger';
import { readableCause, settledStatus } from './execution-end';
import { expiresAt } from './record-lifetime';
import { outcomeOf } from './task-record';
import type { TaskStore } from './task-store';

export interface SettleTaskDependencies {
  readonly tasks: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly graceSeconds: number;
}

/** The outcome of the task, with which the state machine continues. */
export type Settlement =
  | { readonly status: 'succeeded' /** `{status, data}` of the callback. */; readonly output: unknown }
  | { readonly status: 'failed'; readonly error: string; readonly cause: string };

const CAUSES: Readonly<Record<string, string>> = {
  'States.Timeout': 'The external service did not call back in time.',
  'States.HeartbeatTimeout': 'The external service stopped sending heartbeats.',
};

/**
 * The error path of the workflow: decides the outcome of the task if the external step returned no result.
 *
 * A recorded outcome always wins, whatever stopped the step: its callback may have been answered 2xx. Otherwise the
 * record is closed, as `TIMED_OUT` if the wait ran out and as `FAILED` if not, in the same conditional write that
 * makes any later callback a 410. Repeating it gives the same answer.
 */
export async function settleTask(
  { tasks, clock, log, graceSeconds }: SettleTaskDependencies,
  event: SettleTaskEvent,
): Promise<Settlement> {
  const { taskId, executionArn, redriveCount } = event;
  const error = (event.error || 'States.TaskFailed').slice(0, MAX_ERROR_LENGTH);
  const cause = readableCause(event.cause || (CAUSES[error] ?? '')).slice(0, MAX_CAUSE_LENGTH);
  const status = settledStatus(error);
  const settled = await tasks.settle({
    taskId,
    executionArn,
    status,
    error,
    cause,
    redriveCount,
    expiresAt: expiresAt(clock, 0, graceSeconds),
  });
  log.info('task settled', { taskId, executionArn, status: settled?.status ?? 'recorded outcome' });
  return settled === undefined ? handOver(tasks, event) : { status: 'failed', error, cause };
}

/** Gives the execution the outcome that the record holds. */
async function handOver(tasks: TaskStore, { taskId, redriveCount }: SettleTaskEvent): Promise<Settlement> {
  await tasks.takeUpOutcome({ taskId, redriveCount });
  const record = await tasks.get(taskId);
  const outcome = record && outcomeOf(record);
  if (outcome === undefined) {
    throw new DependencyUnavailableError('The task record changed while its outcome was being recorded.');
  }
  return outcome.status === 'SUCCEEDED'
    ? { status: 'succeeded', output: JSON.parse(outcome.output) }
    : { status: 'failed', error: outcome.error, cause: outcome.cause };
}
