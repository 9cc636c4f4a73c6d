import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { TaskStore } from '../../tasks/task-store';
import { Executions } from '../../workflows/executions';
import { getWorkflow } from '../../workflows/get-workflow';

const environment = readEnvironment<'get-workflow'>();

export const handler = httpHandler(
  getWorkflow({
    tasks: new TaskStore({ client: createDynamoDbClient(), tableName: environment.TASKS_TABLE_NAME, clock }),
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: environment.STATE_MACHINE_ARN,
  }),
  { log: createLog() },
);
