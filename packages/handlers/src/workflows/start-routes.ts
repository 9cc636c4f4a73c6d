import { CompositeBody, StartBody } from '@workflows/contract/schemas';
import type { Clock } from '../clock';
import type { HttpRequest, Route } from '../http/handler';
import { endingOf, isOpen } from '../tasks/execution-end';
import { expiresAt } from '../tasks/record-lifetime';
import type { NewRecord, TaskStore } from '../tasks/task-store';
import type { Execution, Executions } from './executions';
import { accepted, type Started, startWorkflow } from './start-workflow';

export interface StartCompositeDependencies {
  readonly executions: Executions;
  readonly stateMachineArn: string;
  /** Base URL of the API, with a trailing slash. */
  readonly apiUrl: string;
}

export interface StartDependencies extends StartCompositeDependencies {
  readonly tasks: TaskStore;
  readonly clock: Clock;
  readonly graceSeconds: number;
}

/** `POST /workflows`: starts a workflow, seen from the client's side. */
export const startWorkflowRoute =
  (dependencies: StartDependencies): Route =>
  async (request) => {
    const started = await startWithRecord(dependencies, request, 'POST /workflows');
    const { id } = started;
    return accepted({ id, url: `${dependencies.apiUrl}workflows/${id}`, status: 'RUNNING' }, started);
  };

/** `POST /tasks`: starts the same workflow, seen from the integration's side. */
export const startTaskRoute =
  (dependencies: StartDependencies): Route =>
  async (request) => {
    const started = await startWithRecord(dependencies, request, 'POST /tasks');
    const { id } = started;
    return accepted({ taskId: id, url: `${dependencies.apiUrl}tasks/${id}`, status: 'PENDING' }, started);
  };

/** `POST /compositeWorkflows`: starts one workflow of many. */
export const startCompositeRoute =
  (dependencies: StartCompositeDependencies): Route =>
  async (request) => {
    const input = request.json(CompositeBody);
    const started = await startWorkflow(request, input, { ...dependencies, route: 'POST /compositeWorkflows' });
    const { id } = started;
    return accepted({ id, url: `${dependencies.apiUrl}compositeWorkflows/${id}`, status: 'RUNNING' }, started);
  };

/**
 * Starts the workflow and then writes its task's record, if `call-external` has not yet: a GET right after this
 * answer finds it, although what Step Functions itself says of a new execution is only eventually consistent.
 */
async function startWithRecord(
  { tasks, clock, graceSeconds, ...options }: StartDependencies,
  request: HttpRequest,
  route: string,
): Promise<Started> {
  const input = request.json(StartBody);
  const started = await startWorkflow(request, input, { ...options, route });
  const { id, executionArn, execution } = started;
  await tasks.createIfAbsent({
    taskId: id,
    executionArn,
    expiresAt: expiresAt(clock, input.timeoutSeconds, graceSeconds),
    ...statusOf(execution),
  });
  return started;
}

/** A record that is written after its execution ended must not show a pending task. */
function statusOf(execution: Execution | undefined): Pick<NewRecord, 'status' | 'error' | 'cause'> {
  return execution === undefined || isOpen(execution) ? { status: 'PENDING' } : endingOf(execution);
}
