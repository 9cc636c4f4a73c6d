import type { EnvironmentOf } from '@workflows/contract';
import { createStepFunctionsClient } from '../aws/clients';
import { Executions } from './executions';

/** The executions of the state machine that a function's environment names. */
export const createExecutions = ({
  STATE_MACHINE_ARN: stateMachineArn,
}: Pick<EnvironmentOf<'get-composite-workflow'>, 'STATE_MACHINE_ARN'>) => ({
  executions: new Executions({ client: createStepFunctionsClient() }),
  stateMachineArn,
});
