import { createDynamoDbClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { requiredInteger, requiredVariable } from '../../environment';
import { createLog } from '../../logging/logger';
import { ExecutionStatusEvent } from '../../schemas/task-events';
import { taskFunction } from '../../task-function';
import { closeTask } from '../../tasks/close-task';
import { TaskStore } from '../../tasks/task-store';

const log = createLog();
const dependencies = {
  tasks: new TaskStore({ client: createDynamoDbClient(), tableName: requiredVariable('TASKS_TABLE_NAME'), clock }),
  graceSeconds: requiredInteger('RECORD_GRACE_SECONDS', 0),
  clock,
  log,
};

export const handler = taskFunction(ExecutionStatusEvent, log, (event) => closeTask(dependencies, event));
