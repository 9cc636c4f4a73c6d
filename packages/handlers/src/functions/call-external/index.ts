import { CallExternalEvent } from '@workflows/contract/schemas';
import { createStepFunctionsClient } from '../../aws/clients';
import { readEnvironment } from '../../environment';
import { taskFunction } from '../../task-function';
import { callExternal } from '../../tasks/call-external';
import { recordDependencies } from '../../tasks/dependencies';
import { httpService } from '../../tasks/external-service';

const environment = readEnvironment<'call-external'>();
const dependencies = {
  ...recordDependencies(environment),
  sfn: createStepFunctionsClient(),
  callService: httpService(environment.EXTERNAL_SERVICE_URL),
  apiUrl: environment.API_URL,
};

export const handler = taskFunction(CallExternalEvent, dependencies.log, (event) => callExternal(dependencies, event));
