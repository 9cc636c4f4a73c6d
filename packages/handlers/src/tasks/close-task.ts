import type { ExecutionStatusEvent } from '@workflows/contract/schemas';
import type { Clock } from '../clock';
import type { Log } from '../logging/logger';
import { endingOf, isOpen, readableCause, settledStatus } from './execution-end';
import { expiresAt } from './record-lifetime';
import { outcomeOf } from './task-record';
import type { Closing, TaskStore } from './task-store';

export interface CloseTaskDependencies {
  readonly tasks: TaskStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly graceSeconds: number;
}

/** Effect of an event: nothing if the record was already correct or belongs to a later run. */
export interface CloseTaskResult {
  readonly result: 'closed' | 'unchanged';
}

/**
 * Closes the task of an execution that ended without settling it: it was stopped, ran out of its own time, or failed
 * on the way. Events come at least once and in any order; one that tells of a run before the current one changes
 * nothing. One that tells of a later run moves the record on to it, even if nothing else changes, so that what that
 * run had under way cannot open the record any more.
 *
 * An outcome that was recorded but never delivered is closed over, too, when the execution ended otherwise, so that
 * GET and PUT say what became of the workflow. It stays in the record, and a redrive that ends with it, be it a
 * success, lets it stand again.
 */
export async function closeTask(
  { tasks, clock, log, graceSeconds }: CloseTaskDependencies,
  { detail }: ExecutionStatusEvent,
): Promise<CloseTaskResult> {
  const { name: taskId, executionArn, redriveCount, status } = detail;
  const execution = { status, error: detail.error ?? undefined, cause: detail.cause ?? undefined };
  if (isOpen(execution)) {
    return { result: 'unchanged' };
  }
  const ending = endingOf(execution);
  const closing: Closing = {
    taskId,
    executionArn,
    redriveCount,
    ...ending,
    cause: readableCause(ending.cause),
    expiresAt: expiresAt(clock, 0, graceSeconds),
  };
  const closed =
    status === 'SUCCEEDED'
      ? await tasks.takeUpOutcome(closing)
      : ((await closeUnsettled(tasks, closing)) ?? (await closeOver(tasks, closing)));
  log.info('execution ended', { taskId, executionArn, redriveCount, status: closed?.status ?? 'unchanged' });
  return { result: closed === undefined ? 'unchanged' : 'closed' };
}

/** An execution that failed may only have failed again as the run before had settled. */
function closeUnsettled(tasks: TaskStore, closing: Closing) {
  return closing.status === 'FAILED'
    ? tasks.closePending({ ...closing, status: settledStatus(closing.error) })
    : tasks.closeCutOff(closing);
}

/** A recorded failure of an execution that failed stands, and keeps its own error. */
async function closeOver(tasks: TaskStore, closing: Closing) {
  const record = await tasks.get(closing.taskId);
  const outcome = record && outcomeOf(record);
  if (outcome === undefined) {
    return undefined;
  }
  return outcome.status === closing.status ? tasks.takeUpOutcome(closing) : tasks.closeUndelivered(closing);
}
