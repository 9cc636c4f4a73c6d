import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { strToU8, zipSync } from 'fflate';
import { type BareEndpointOptions, startBareEndpoint } from '../../src/serve/start-bare-endpoint';
import { createMachine, ROLE_ARN } from '../step-functions/fixture';
import { clientOptions } from './client-options';

export type ConnectedEndpoint = Awaited<ReturnType<typeof startConnectedEndpoint>>;

/** A bare endpoint, and the clients of the AWS SDK that a developer would use, pointed at it. */
export async function startConnectedEndpoint(options: Partial<BareEndpointOptions> = {}) {
  const { url, services, close } = await startBareEndpoint({ port: 0, ...options });
  const configuration = clientOptions(url);
  const clients = {
    sfn: new SFNClient(configuration),
    lambda: new LambdaClient(configuration),
    dynamoDb: new DynamoDBClient(configuration),
    sqs: new SQSClient(configuration),
    sns: new SNSClient(configuration),
    eventBridge: new EventBridgeClient(configuration),
  };
  return {
    url,
    services,
    ...clients,
    async close(): Promise<void> {
      for (const client of Object.values(clients)) {
        client.destroy();
      }
      await close();
    },
  };
}

/** Creates a function, and waits until it can be called. */
export async function createFunction(client: LambdaClient, name: string, source: string): Promise<void> {
  await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: ROLE_ARN,
      Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 10 }, { FunctionName: name });
}

/** Creates a state machine and starts an execution of it. @returns the ARN of the execution */
export async function execute(client: SFNClient, definition: object, input: object = {}): Promise<string | undefined> {
  const stateMachineArn = await createMachine(client, definition);
  const command = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
  return (await client.send(command)).executionArn;
}
