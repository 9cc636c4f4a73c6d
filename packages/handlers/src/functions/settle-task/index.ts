import { SettleTaskEvent } from '@workflows/contract/schemas';
import { createDynamoDbClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { createLog } from '../../logging/logger';
import { taskFunction } from '../../task-function';
import { settleTask } from '../../tasks/settle-task';
import { TaskStore } from '../../tasks/task-store';

const environment = readEnvironment<'settle-task'>();
const log = createLog();
const dependencies = {
  tasks: new TaskStore({ client: createDynamoDbClient(), tableName: environment.TASKS_TABLE_NAME, clock }),
  graceSeconds: environment.RECORD_GRACE_SECONDS,
  clock,
  log,
};

export const handler = taskFunction(SettleTaskEvent, log, (event) => settleTask(dependencies, event));
