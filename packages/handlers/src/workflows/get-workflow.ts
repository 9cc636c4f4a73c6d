import type { Workflow } from '@workflows/contract/schemas';
import type { Route } from '../http/handler';
import { notFound, readId } from '../http/path-ids';
import { pollable } from '../http/response';
import type { TaskRecord } from '../tasks/task-record';
import type { TaskStore } from '../tasks/task-store';
import { type Execution, type Executions, executionArn } from './executions';

export interface GetCompositeDependencies {
  readonly executions: Executions;
  readonly stateMachineArn: string;
}

export interface GetWorkflowDependencies extends GetCompositeDependencies {
  readonly tasks: TaskStore;
}

/**
 * `GET /workflows/{workflowId}`: from the execution, and from the task's record where Step Functions does not know
 * the execution yet, or not any longer.
 */
export const getWorkflow =
  ({ executions, stateMachineArn, tasks }: GetWorkflowDependencies): Route =>
  async (request) => {
    const id = readId(request, 'workflowId');
    const execution = await executions.describe(executionArn(stateMachineArn, id));
    if (execution !== undefined) {
      request.note({ workflowId: id });
      return pollable(fromExecution(id, execution));
    }
    const record = await tasks.get(id);
    if (record === undefined) {
      throw notFound('workflowId');
    }
    request.note({ workflowId: id });
    return pollable(fromRecord(record));
  };

/** `GET /compositeWorkflows/{compositeWorkflowId}`: has no record to fall back on, and so looks a few times. */
export const getCompositeWorkflow =
  ({ executions, stateMachineArn }: GetCompositeDependencies): Route =>
  async (request) => {
    const id = readId(request, 'compositeWorkflowId');
    const execution = await executions.describeRecent(executionArn(stateMachineArn, id));
    if (execution === undefined) {
      throw notFound('compositeWorkflowId');
    }
    request.note({ workflowId: id });
    return pollable(fromExecution(id, execution));
  };

function fromExecution(id: string, execution: Execution): Workflow {
  const { status, startDate, stopDate, output, error, cause } = execution;
  return {
    id,
    status,
    startDate: startDate.toISOString(),
    ...(stopDate === undefined ? {} : { stopDate: stopDate.toISOString() }),
    externalServiceOutput: output === undefined ? [] : outputsOf(JSON.parse(output)),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function outputsOf(output: unknown): unknown[] {
  const outputs: unknown = Reflect.get(Object(output), 'externalServiceOutput');
  return Array.isArray(outputs) ? outputs : [];
}

function fromRecord(record: TaskRecord): Workflow {
  const { taskId, status, createdAt, updatedAt, output, error, cause } = record;
  if (status === 'PENDING') {
    return { id: taskId, status: 'RUNNING', startDate: createdAt, externalServiceOutput: [] };
  }
  return {
    id: taskId,
    status,
    startDate: createdAt,
    stopDate: updatedAt,
    externalServiceOutput: status === 'SUCCEEDED' ? [JSON.parse(output ?? 'null')] : [],
    ...(status === 'SUCCEEDED' || error === undefined ? {} : { error }),
    ...(status === 'SUCCEEDED' || cause === undefined ? {} : { cause }),
  };
}
