import { createStepFunctionsClient } from '../../aws/clients';
import { requiredVariable } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { Executions } from '../../workflows/executions';
import { getCompositeWorkflow } from '../../workflows/get-workflow';

export const handler = httpHandler(
  getCompositeWorkflow({
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: requiredVariable('STATE_MACHINE_ARN'),
  }),
  { log: createLog() },
);
