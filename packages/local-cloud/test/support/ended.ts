import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** Waits until an execution has ended. @returns its description */
export async function ended(client: SFNClient, executionArn: string | undefined) {
  for (;;) {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') {
      return execution;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
