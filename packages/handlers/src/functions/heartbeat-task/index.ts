import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { heartbeatTask } from '../../tasks/heartbeat-task';
import { TaskStore } from '../../tasks/task-store';
import { Executions } from '../../workflows/executions';

const environment = readEnvironment<'heartbeat-task'>();
const sfn = createStepFunctionsClient();

export const handler = httpHandler(
  heartbeatTask({
    tasks: new TaskStore({ client: createDynamoDbClient(), tableName: environment.TASKS_TABLE_NAME, clock }),
    executions: new Executions({ client: sfn }),
    sfn,
  }),
  { log: createLog() },
);
