import type { SFNClient } from '@aws-sdk/client-sfn';
import type { CallExternalEvent } from '@workflows/contract/schemas';
import type { Clock } from '../clock';
import type { Log } from '../logging/logger';
import { deliverOutcome } from './delivery';
import type { CallService } from './external-service';
import { expiresAt } from './record-lifetime';
import { type Outcome, outcomeOf, type TaskRecord } from './task-record';
import type { Attempt, TaskStore } from './task-store';
import { newResumeToken } from './tokens';

export interface CallExternalDependencies {
  readonly tasks: TaskStore;
  readonly sfn: SFNClient;
  readonly callService: CallService;
  readonly clock: Clock;
  readonly log: Log;
  /** Base URL of the API that takes the callback, with a trailing slash. */
  readonly apiUrl: string;
  readonly graceSeconds: number;
}

/**
 * The result of one invocation, which the execution history shows. The output of the state is the callback.
 *
 * - `requested`: the external service has accepted the task.
 * - `delivered`: the recorded callback of an earlier attempt was delivered to this attempt.
 * - `closed`: the task had already ended without a callback. The error was delivered to this attempt.
 * - `superseded`: a later attempt has replaced this one; nothing was done.
 */
export interface CallExternalResult {
  readonly result: 'requested' | 'delivered' | 'closed' | 'superseded';
}

/**
 * One attempt of the external step (`lambda:invoke.waitForTaskToken`).
 *
 * The task token is stored before the service is called, so that a callback finds it even if it arrives before the
 * response of the service. If a callback for an earlier attempt was recorded in the meantime, this attempt gets its
 * outcome, and the service is not called.
 *
 * @throws ExternalServiceUnavailableError to be retried
 * @throws ExternalServiceRejectedError to be caught
 */
export async function callExternal(
  dependencies: CallExternalDependencies,
  event: CallExternalEvent,
): Promise<CallExternalResult> {
  const { tasks, clock, graceSeconds, log } = dependencies;
  const { taskId, executionArn, attempt, redriveCount } = event;
  const ours: Attempt = {
    taskId,
    executionArn,
    attempt,
    redriveCount,
    taskToken: event.taskToken,
    resumeToken: newResumeToken(),
    expiresAt: expiresAt(clock, event.timeoutSeconds, graceSeconds),
  };
  const begun = await tasks.beginAttempt(ours);
  const result = begun === undefined ? await yieldTo(dependencies, ours) : await request(dependencies, event, begun);
  log.info('external step', { taskId, executionArn, attempt, redriveCount, status: result });
  return { result };
}

async function request(
  { callService, apiUrl }: CallExternalDependencies,
  { taskId: id, input, attempt }: CallExternalEvent,
  { resumeToken = '' }: TaskRecord,
): Promise<'requested'> {
  await callService({ id, resumeToken, callbackUrl: `${apiUrl}tasks/${id}`, payload: input }, attempt);
  return 'requested';
}

/** The record rejected this attempt: finds out why, and delivers the outcome of the task. */
async function yieldTo(
  { tasks, sfn }: CallExternalDependencies,
  ours: Attempt,
): Promise<Exclude<CallExternalResult['result'], 'requested'>> {
  const adopted = await tasks.adoptToken(ours);
  const recorded = adopted && outcomeOf(adopted);
  if (recorded !== undefined) {
    if ((await deliverOutcome(sfn, ours.taskToken, recorded)) === 'delivered') {
      await tasks.markDelivered(ours.taskId, ours.taskToken);
    }
    return 'delivered';
  }
  const record = await tasks.get(ours.taskId);
  const end = record && closedOutcome(record);
  if (end === undefined) {
    return 'superseded';
  }
  await deliverOutcome(sfn, ours.taskToken, end);
  return 'closed';
}

/**
 * A task that was closed because its execution ended cannot be waited for again. If a state unexpectedly still waits for
 * this token, the wait ends now with the recorded error, and not after its timeout.
 */
function closedOutcome({ status, recorded, error = status, cause = '' }: TaskRecord): Outcome | undefined {
  return status === 'PENDING' || recorded !== undefined ? undefined : { status: 'FAILED', error, cause };
}
