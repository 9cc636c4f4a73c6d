/**
 * Executions that wait would keep a destruction waiting: AWS deletes a state machine when its executions have ended.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
 */
import { paginateListExecutions, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { StackOutputs } from '@workflows/contract';
import type { Account } from './inventory';

/** Stops every running execution of the state machines that a deployment put out. */
export async function stopExecutions(account: Account, outputs: StackOutputs): Promise<void> {
  const client = new SFNClient(account);
  try {
    for (const stateMachineArn of stateMachinesOf(outputs)) {
      const pages = paginateListExecutions({ client }, { stateMachineArn, statusFilter: 'RUNNING' });
      for await (const { executions = [] } of pages) {
        for (const { executionArn } of executions) {
          await client.send(new StopExecutionCommand({ executionArn }));
        }
      }
    }
  } finally {
    client.destroy();
  }
}

const stateMachinesOf = (outputs: StackOutputs): string[] =>
  Object.values(outputs).flatMap((stack) =>
    Object.entries(stack).flatMap(([name, value]) => (name.endsWith('StateMachineArn') ? [String(value)] : [])),
  );
