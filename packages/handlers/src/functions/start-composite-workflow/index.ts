import { createStepFunctionsClient } from '../../aws/clients';
import { requiredBaseUrl, requiredVariable } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { Executions } from '../../workflows/executions';
import { startCompositeRoute } from '../../workflows/start-routes';

export const handler = httpHandler(
  startCompositeRoute({
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: requiredVariable('STATE_MACHINE_ARN'),
    apiUrl: requiredBaseUrl('API_URL'),
  }),
  { log: createLog() },
);
