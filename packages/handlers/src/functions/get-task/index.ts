import { createDynamoDbClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { getTask } from '../../tasks/get-task';
import { TaskStore } from '../../tasks/task-store';

const environment = readEnvironment<'get-task'>();

export const handler = httpHandler(
  getTask({
    tasks: new TaskStore({ client: createDynamoDbClient(), tableName: environment.TASKS_TABLE_NAME, clock }),
  }),
  { log: createLog() },
);
