import type { SFNClient } from '@aws-sdk/client-sfn';
import { ERROR_NAMES, MAX_DATA_BYTES } from '@workflows/contract';
import { CallbackBody } from '@workflows/contract/schemas';
import { HttpProblem, invalidBody, tooLarge } from '@workflows/lambda-commons/problem';
import { isTransientFailure } from '../aws/failures';
import { canonicalJson } from '../canonical-json';
import { type HttpRequest, type Route, temporarilyUnavailable } from '../http/handler';
import { notFound, readId } from '../http/path-ids';
import type { HttpResponse } from '../http/response';
import { type Log, loggable } from '../logging/logger';
import type { Executions } from '../workflows/executions';
import { deliverOutcome } from './delivery';
import { endedWith, endingOf, isOpen } from './execution-end';
import { requireResumeToken, workflowOver } from './task-problems';
import { type Outcome, outcomeOf, sameOutcome, standsAsRecorded, type TaskRecord } from './task-record';
import type { TaskStore } from './task-store';

export interface CompleteTaskDependencies {
  readonly tasks: TaskStore;
  readonly executions: Executions;
  readonly sfn: SFNClient;
  readonly log: Log;
}

/** How often the record is read again when a write was refused by one that has since been overtaken itself. */
const MAX_DECISIONS = 3;

/**
 * `PUT /tasks/{taskId}`: the external service says how the task ended.
 *
 * | the record | the callback | answer |
 * | --- | --- | --- |
 * | none, or expired | any | 404 |
 * | any | resume token missing or wrong | 403 |
 * | pending | any | the outcome is recorded, then delivered: 200 |
 * | outcome recorded | the same | 200; delivered first, if the record does not say that it was |
 * | outcome recorded | another | 409 |
 * | closed by its execution's end | any | 410 |
 *
 * Recording comes first, in one conditional write, and is what counts: from then on `call-external` delivers the
 * outcome to any later attempt and `settle-task` to an execution whose wait ran out. So once it is recorded, a
 * delivery that finds nobody waiting is still a 200 as long as the execution goes on, and a delivery that could not
 * be tried is a 503 that a repeated callback turns into a 200.
 *
 * The execution is asked about only when Step Functions refuses the token: `DescribeExecution` has the smallest
 * quota of all the calls here, and would bound the rate of callbacks.
 */
export const completeTask =
  (dependencies: CompleteTaskDependencies): Route =>
  async (request): Promise<HttpResponse> => {
    const taskId = readId(request, 'taskId');
    const body = request.json(CallbackBody);
    const outcome = toOutcome(taskId, body);
    for (let decision = 0; decision < MAX_DECISIONS; decision++) {
      const record = await findAuthorized(dependencies.tasks, request, taskId, body.resumeToken);
      const response = await decide(dependencies, request, record, outcome);
      if (response !== undefined) {
        return response;
      }
    }
    throw temporarilyUnavailable('Another request is updating the task. Send the same callback again.');
  };

function toOutcome(taskId: string, body: CallbackBody): Outcome {
  if (body.id !== undefined && body.id !== taskId) {
    throw invalidBody([{ pointer: '#/id', field: 'id', detail: 'must match the task id in the path' }]);
  }
  if (body.status === 'failed') {
    return {
      status: 'FAILED',
      error: body.error ?? ERROR_NAMES.ExternalServiceFailed,
      cause: body.cause ?? 'The external service reported a failure without a cause.',
    };
  }
  const output = canonicalJson({ status: 'succeeded', data: body.data });
  if (Buffer.byteLength(output) > MAX_DATA_BYTES) {
    throw tooLarge('The field "data"', MAX_DATA_BYTES);
  }
  return { status: 'SUCCEEDED', output };
}

async function findAuthorized(
  tasks: TaskStore,
  request: HttpRequest,
  taskId: string,
  resumeToken: string | undefined,
): Promise<TaskRecord> {
  const record = await tasks.get(taskId);
  if (record === undefined) {
    throw notFound('taskId');
  }
  request.note({ taskId });
  requireResumeToken(resumeToken, record);
  return record;
}

/** @returns `undefined` when the record changed under the decision, which must then be taken again */
async function decide(
  dependencies: CompleteTaskDependencies,
  request: HttpRequest,
  record: TaskRecord,
  outcome: Outcome,
): Promise<HttpResponse | undefined> {
  if (record.status === 'PENDING') {
    const { taskId, resumeToken = '' } = record;
    const recorded = await dependencies.tasks.recordOutcome(taskId, resumeToken, outcome);
    return recorded && deliver(dependencies, request, recorded, outcome);
  }
  const known = outcomeOf(record);
  if (known === undefined || !standsAsRecorded(record)) {
    throw workflowOver(record.status);
  }
  if (!sameOutcome(known, outcome)) {
    throw new HttpProblem(
      'task-already-completed',
      'An earlier callback completed the task with a different outcome, which is final. Send GET for the task to see it.',
    );
  }
  return record.deliveredAt === undefined ? deliver(dependencies, request, record, known) : completed(record);
}

/** The same for every callback that agrees, whether it was the first or a repetition. */
const completed = ({ taskId, status }: TaskRecord): HttpResponse => ({ status: 200, body: { taskId, status } });

async function deliver(
  dependencies: CompleteTaskDependencies,
  request: HttpRequest,
  record: TaskRecord,
  outcome: Outcome,
): Promise<HttpResponse> {
  const { executionArn, taskToken, attempt } = record;
  request.note({ executionArn, attempt, status: record.status });
  try {
    const delivery = taskToken === undefined ? 'gone' : await deliverOutcome(dependencies.sfn, taskToken, outcome);
    if (delivery === 'gone') {
      await requireOpenOrAgreeing(dependencies, record, outcome);
    } else {
      await noteDelivery(dependencies, record);
    }
    return completed(record);
  } catch (error) {
    if (isTransientFailure(error)) {
      request.note({ failure: loggable(error) });
      throw temporarilyUnavailable(
        'The outcome is recorded but could not be delivered yet. Send the same callback again.',
      );
    }
    throw error;
  }
}

/** Nobody waits under the task token. That is fine while the execution goes on, or if it ended as recorded. */
async function requireOpenOrAgreeing(
  { executions, tasks, log }: CompleteTaskDependencies,
  record: TaskRecord,
  outcome: Outcome,
): Promise<void> {
  const execution = await executions.describeRecent(record.executionArn);
  if (execution === undefined) {
    throw workflowOver('PENDING');
  }
  if (isOpen(execution)) {
    return;
  }
  if (endedWith(outcome, execution)) {
    await noteDelivery({ tasks, log }, record);
    return;
  }
  const { taskId, executionArn, expiresAt } = record;
  const { redriveCount = 0 } = execution;
  const ending = endingOf(execution);
  await tasks.closeUndelivered({ taskId, executionArn, expiresAt, redriveCount, ...ending });
  throw workflowOver(ending.status);
}

/** What was delivered stays delivered if it cannot be noted: a repetition then asks Step Functions once more. */
async function noteDelivery(
  { tasks, log }: Pick<CompleteTaskDependencies, 'tasks' | 'log'>,
  { taskId, taskToken }: TaskRecord,
): Promise<void> {
  try {
    await tasks.markDelivered(taskId, taskToken ?? '');
  } catch (error) {
    log.warn('the delivery could not be recorded', { taskId, failure: loggable(error) });
  }
}
