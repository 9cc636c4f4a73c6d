import type { EnvironmentOf } from '@workflows/contract';
import { createDynamoDbClient, createStepFunctionsClient } from '../aws/clients';
import { systemClock as clock } from '../clock';
import { createLog } from '../logging/logger';
import { createExecutions } from '../workflows/dependencies';
import { Executions } from '../workflows/executions';
import { TaskStore } from './task-store';

/** The Tasks table that a function's environment names. */
export const createTasks = ({ TASKS_TABLE_NAME: tableName }: EnvironmentOf<'get-task'>): TaskStore =>
  new TaskStore({ client: createDynamoDbClient(), tableName, clock });

/** What a function depends on that starts an execution of the callback workflow. */
export const startDependencies = (environment: EnvironmentOf<'start-workflow'>) => ({
  ...createExecutions(environment),
  tasks: createTasks(environment),
  apiUrl: environment.API_URL,
  graceSeconds: environment.RECORD_GRACE_SECONDS,
  clock,
});

/** What a function depends on that takes a callback. */
export function callbackDependencies(environment: EnvironmentOf<'complete-task'>) {
  const sfn = createStepFunctionsClient();
  return { tasks: createTasks(environment), executions: new Executions({ client: sfn }), sfn };
}

/** What a function depends on that a state machine or an event rule invokes, to write the record of a task. */
export const recordDependencies = (environment: EnvironmentOf<'settle-task'>) => ({
  tasks: createTasks(environment),
  graceSeconds: environment.RECORD_GRACE_SECONDS,
  clock,
  log: createLog(),
});
