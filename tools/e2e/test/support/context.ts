/** The target under test and the clients for it, one set per test file. */
import { randomUUID } from 'node:crypto';
import { ApiClient } from '../../src/api-client';
import { Executions } from '../../src/step-functions';
import { loadTarget } from '../../src/target';
import { TasksTable } from '../../src/tasks-table';
import { WorkflowApi } from '../../src/workflow-api';

export const target = loadTarget(process.env, process.cwd());
export const executions = new Executions();
export const tasks = new TasksTable(target.tasksTableName);
export const workflows = new WorkflowApi(new ApiClient(target.workflowApiEndpoint));
export const idempotentApi = new ApiClient(target.idempotentApiEndpoint);

/**
 * How much is asked of the target at once. An emulator starts a process on this machine for every function that runs:
 * what a busy machine makes of fifty says nothing of the product, and MiniStack leaves a callback task waiting for good
 * when its function fails.
 */
export const atOnce =
  target.name === 'emulator' || target.name === 'hybrid'
    ? { equalStarts: 10, subWorkflows: 8 }
    : { equalStarts: 50, subWorkflows: 40 };

afterAll(() => {
  executions.close();
  tasks.close();
});

/** A name that no other run uses, so that the suite runs again and again against one deployment. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}
