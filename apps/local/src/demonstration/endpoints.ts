import { CommandError } from '@workflows/command-line';
import type { LocalCloud } from '@workflows/local-cloud';

/** The outputs that the demonstration needs. They are public contract. */
export interface Endpoints {
  readonly idempotentApi: string;
  readonly lambdaStateMachineArn: string;
  readonly workflowApi: string;
}

/** @throws {CommandError} naming the output that is missing. */
export function endpointsOf({ outputs }: Pick<LocalCloud, 'outputs'>): Endpoints {
  const output = (stack: string, name: string): string => {
    const value = outputs[stack]?.[name];
    if (typeof value === 'string') {
      return value;
    }
    throw new CommandError(`stack ${stack} has no output ${name}`);
  };
  return {
    idempotentApi: output('WorkflowIdempotentStack', 'WorkflowIdempotentApiEndpoint'),
    lambdaStateMachineArn: output('WorkflowsLambdaStack', 'WorkflowLambdaStateMachineArn'),
    workflowApi: output('WorkflowsStack', 'WorkflowApiEndpoint'),
  };
}
