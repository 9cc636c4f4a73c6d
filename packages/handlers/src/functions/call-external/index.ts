import { CallExternalEvent } from '@workflows/contract/schemas';
import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { createLog } from '../../logging/logger';
import { taskFunction } from '../../task-function';
import { callExternal } from '../../tasks/call-external';
import { httpService } from '../../tasks/external-service';
import { TaskStore } from '../../tasks/task-store';

const environment = readEnvironment<'call-external'>();
const log = createLog();
const dependencies = {
  tasks: new TaskStore({ client: createDynamoDbClient(), tableName: environment.TASKS_TABLE_NAME, clock }),
  sfn: createStepFunctionsClient(),
  callService: httpService(environment.EXTERNAL_SERVICE_URL),
  apiUrl: environment.API_URL,
  graceSeconds: environment.RECORD_GRACE_SECONDS,
  clock,
  log,
};

export const handler = taskFunction(CallExternalEvent, log, (event) => callExternal(dependencies, event));
