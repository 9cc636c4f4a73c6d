import { createStepFunctionsClient } from '../../aws/clients';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { Executions } from '../../workflows/executions';
import { getCompositeWorkflow } from '../../workflows/get-workflow';

const environment = readEnvironment<'get-composite-workflow'>();

export const handler = httpHandler(
  getCompositeWorkflow({
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: environment.STATE_MACHINE_ARN,
  }),
  { log: createLog() },
);
