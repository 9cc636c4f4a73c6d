import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { requiredBaseUrl, requiredInteger, requiredVariable } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { TaskStore } from '../../tasks/task-store';
import { Executions } from '../../workflows/executions';
import { startTaskRoute } from '../../workflows/start-routes';

export const handler = httpHandler(
  startTaskRoute({
    tasks: new TaskStore({ client: createDynamoDbClient(), tableName: requiredVariable('TASKS_TABLE_NAME'), clock }),
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: requiredVariable('STATE_MACHINE_ARN'),
    apiUrl: requiredBaseUrl('API_URL'),
    graceSeconds: requiredInteger('RECORD_GRACE_SECONDS', 0),
    clock,
  }),
  { log: createLog() },
);
