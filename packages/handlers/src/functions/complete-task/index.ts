import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { completeTask } from '../../tasks/complete-task';
import { TaskStore } from '../../tasks/task-store';
import { Executions } from '../../workflows/executions';

const environment = readEnvironment<'complete-task'>();
const log = createLog();
const sfn = createStepFunctionsClient();

export const handler = httpHandler(
  completeTask({
    tasks: new TaskStore({ client: createDynamoDbClient(), tableName: environment.TASKS_TABLE_NAME, clock }),
    executions: new Executions({ client: sfn }),
    sfn,
    log,
  }),
  { log },
);
