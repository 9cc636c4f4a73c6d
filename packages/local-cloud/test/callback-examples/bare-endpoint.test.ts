/** Proves that callbacks through queues, topics and buses can be built over the APIs alone, with no stack loaded. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { strToU8, zipSync } from 'fflate';
import { type BareEndpoint, startBareEndpoint } from '../../src/serve/start-bare-endpoint';
import { waitUntil } from '../step-functions/fixture';
import { ANSWER } from './support';

const ROLE_ARN = 'arn:aws:iam::000000000000:role/anything';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:tasks';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:answer';

describe('an endpoint without stacks', () => {
  let endpoint: BareEndpoint;
  let sfn: SFNClient;
  let lambda: LambdaClient;
  let sqs: SQSClient;
  let sns: SNSClient;
  let eventBridge: EventBridgeClient;

  beforeEach(async () => {
    endpoint = await startBareEndpoint({ port: 0, virtualTime: true });
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const configuration = { endpoint: endpoint.url, region: 'us-east-1', credentials };
    sfn = new SFNClient(configuration);
    lambda = new LambdaClient(configuration);
    sqs = new SQSClient(configuration);
    sns = new SNSClient(configuration);
    eventBridge = new EventBridgeClient(configuration);
  });
  afterEach(async () => {
    for (const client of [sfn, lambda, sqs, sns, eventBridge]) {
      client.destroy();
    }
    await endpoint.close();
  });

  /** The function answers with the token that it finds in what it is given. */
  async function createFunction(token: string): Promise<void> {
    const source = `${ANSWER} exports.handler = async (event) => succeed(${token}, 'done');`;
    const ZipFile = zipSync({ 'index.js': strToU8(source) });
    const Runtime = 'nodejs22.x';
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'answer',
        Runtime,
        Handler: 'index.handler',
        Role: ROLE_ARN,
        Code: { ZipFile },
      }),
    );
  }
  async function run(resource: string, Parameters: object) {
    const definition = {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: `arn:aws:states:::${resource}.waitForTaskToken`,
          Parameters,
          TimeoutSeconds: 60,
          End: true,
        },
      },
    };
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({ name: 'm', roleArn: ROLE_ARN, definition: JSON.stringify(definition) }),
    );
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    return waitUntil(async () => {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      return execution.status === 'RUNNING' ? undefined : execution;
    });
  }
  const done = { status: 'SUCCEEDED', output: '"done"' };

  it('feeds a function from a queue', async () => {
    await createFunction('JSON.parse(event.Records[0].body).token');
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tasks' }));
    const mapping = { EventSourceArn: QUEUE_ARN, FunctionName: 'answer', BatchSize: 1 };
    const { UUID } = await lambda.send(new CreateEventSourceMappingCommand(mapping));
    expect(await run('sqs:sendMessage', { QueueUrl, MessageBody: { 'token.$': '$$.Task.Token' } })).toMatchObject(done);

    await expect(lambda.send(new CreateEventSourceMappingCommand(mapping))).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false, BatchSize: 5 }));
    expect(await lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
      BatchSize: 5,
      EventSourceArn: QUEUE_ARN,
      FunctionArn: FUNCTION_ARN,
      State: 'Disabled',
    });
    await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect((await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings).toEqual([]);
  });

  it('calls a function that is subscribed to a topic', async () => {
    await createFunction('JSON.parse(event.Records[0].Sns.Message).token');
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'tasks' }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FUNCTION_ARN }));
    expect(await run('sns:publish', { TopicArn, Message: { 'token.$': '$$.Task.Token' } })).toMatchObject(done);
  });

  it('calls a function that is the target of a rule', async () => {
    await createFunction('event.detail.token');
    await eventBridge.send(new PutRuleCommand({ Name: 'tasks', EventPattern: '{"source": ["tasks"]}' }));
    await eventBridge.send(new PutTargetsCommand({ Rule: 'tasks', Targets: [{ Id: 't', Arn: FUNCTION_ARN }] }));
    const entry = { Source: 'tasks', DetailType: 'Task', Detail: { 'token.$': '$$.Task.Token' } };
    expect(await run('events:putEvents', { Entries: [entry] })).toMatchObject(done);
  });
});
