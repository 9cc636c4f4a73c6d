import { createDynamoDbClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { requiredInteger, requiredVariable } from '../../environment';
import { createLog } from '../../logging/logger';
import { SettleTaskEvent } from '../../schemas/task-events';
import { taskFunction } from '../../task-function';
import { settleTask } from '../../tasks/settle-task';
import { TaskStore } from '../../tasks/task-store';

const log = createLog();
const dependencies = {
  tasks: new TaskStore({ client: createDynamoDbClient(), tableName: requiredVariable('TASKS_TABLE_NAME'), clock }),
  graceSeconds: requiredInteger('RECORD_GRACE_SECONDS', 0),
  clock,
  log,
};

export const handler = taskFunction(SettleTaskEvent, log, (event) => settleTask(dependencies, event));
