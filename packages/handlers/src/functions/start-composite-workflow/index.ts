import { createStepFunctionsClient } from '../../aws/clients';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { Executions } from '../../workflows/executions';
import { startCompositeRoute } from '../../workflows/start-routes';

const environment = readEnvironment<'start-composite-workflow'>();

export const handler = httpHandler(
  startCompositeRoute({
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: environment.STATE_MACHINE_ARN,
    apiUrl: environment.API_URL,
  }),
  { log: createLog() },
);
