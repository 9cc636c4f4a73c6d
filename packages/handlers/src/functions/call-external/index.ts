import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { requiredBaseUrl, requiredInteger, requiredUrl, requiredVariable } from '../../environment';
import { createLog } from '../../logging/logger';
import { CallExternalEvent } from '../../schemas/task-events';
import { taskFunction } from '../../task-function';
import { callExternal } from '../../tasks/call-external';
import { httpService } from '../../tasks/external-service';
import { TaskStore } from '../../tasks/task-store';

const log = createLog();
const dependencies = {
  tasks: new TaskStore({ client: createDynamoDbClient(), tableName: requiredVariable('TASKS_TABLE_NAME'), clock }),
  sfn: createStepFunctionsClient(),
  callService: httpService(requiredUrl('EXTERNAL_SERVICE_URL')),
  apiUrl: requiredBaseUrl('API_URL'),
  graceSeconds: requiredInteger('RECORD_GRACE_SECONDS', 0),
  clock,
  log,
};

export const handler = taskFunction(CallExternalEvent, log, (event) => callExternal(dependencies, event));
