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

/** Maximum number of attempts to decide and write, when other writes change the record at the same time. */
const MAX_DECISIONS = 3;

/**
 * `PUT /tasks/{taskId}`: the external service reports the outcome of the task.
 *
 * | the record | the callback | answer |
 * | --- | --- | --- |
 * | none, or expired | any | 404 |
 * | any | resume token missing or wrong | 403 |
 * | pending | any | the outcome is recorded, then delivered: 200 |
 * | outcome recorded | the same outcome | 200; delivered first, if the record shows no delivery |
 * | outcome recorded | a different outcome | 409 |
 * | closed because its execution ended | any | 410 |
 *
 * The outcome is recorded first, in one conditional write, which makes it final: from then on `call-external` delivers
 * it to any later attempt, and `settle-task` to an execution whose wait timed out. If the outcome is recorded but no
 * state waits for it, the answer is still 200 while the execution runs. If the delivery failed, the answer is 503, and
 * a repeated callback gets 200.
 *
 * The execution is described only if Step Functions rejects the token: `DescribeExecution` has the smallest quota of
 * all these calls, and would limit the rate of callbacks.
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

/** @returns `undefined` if the record changed in the meantime, and the decision must be repeated */
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

/** The response to every callback with the recorded outcome, both the first and repeated ones. */
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

/** No state waits for the task token. That is correct while the execution runs, or if it ended as recorded. */
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

/** If the delivery cannot be recorded, the outcome is delivered nevertheless: a repeated callback delivers it again. */
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
