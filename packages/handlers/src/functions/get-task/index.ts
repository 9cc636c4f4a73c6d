import { createDynamoDbClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { requiredVariable } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { getTask } from '../../tasks/get-task';
import { TaskStore } from '../../tasks/task-store';

export const handler = httpHandler(
  getTask({
    tasks: new TaskStore({ client: createDynamoDbClient(), tableName: requiredVariable('TASKS_TABLE_NAME'), clock }),
  }),
  { log: createLog() },
);
