/** Proves that callbacks through queues, topics and buses can be built over the APIs alone, with no stack loaded. */
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { type ConnectedEndpoint, createFunction, execute, startConnectedEndpoint } from '../support/bare-endpoint';
import { ended } from '../support/ended';
import { ANSWER } from './support';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:tasks';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:answer';

describe('an endpoint without stacks', () => {
  let endpoint: ConnectedEndpoint;

  beforeEach(async () => {
    endpoint = await startConnectedEndpoint({ virtualTime: true });
  });
  afterEach(() => endpoint.close());

  /** The function answers with the token that it finds in what it is given. */
  const createAnswer = (token: string): Promise<void> =>
    createFunction(
      endpoint.lambda,
      'answer',
      `${ANSWER} exports.handler = async (event) => succeed(${token}, 'done');`,
    );
  async function run(resource: string, Parameters: object) {
    const Resource = `arn:aws:states:::${resource}.waitForTaskToken`;
    const Ask = { Type: 'Task', Resource, Parameters, TimeoutSeconds: 60, End: true };
    return ended(endpoint.sfn, await execute(endpoint.sfn, { StartAt: 'Ask', States: { Ask } }));
  }
  const done = { status: 'SUCCEEDED', output: '"done"' };

  it('feeds a function from a queue', async () => {
    await createAnswer('JSON.parse(event.Records[0].body).token');
    const { QueueUrl } = await endpoint.sqs.send(new CreateQueueCommand({ QueueName: 'tasks' }));
    const mapping = { EventSourceArn: QUEUE_ARN, FunctionName: 'answer', BatchSize: 1 };
    const { UUID } = await endpoint.lambda.send(new CreateEventSourceMappingCommand(mapping));
    expect(await run('sqs:sendMessage', { QueueUrl, MessageBody: { 'token.$': '$$.Task.Token' } })).toMatchObject(done);

    await expect(endpoint.lambda.send(new CreateEventSourceMappingCommand(mapping))).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    await endpoint.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false, BatchSize: 5 }));
    expect(await endpoint.lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
      BatchSize: 5,
      EventSourceArn: QUEUE_ARN,
      FunctionArn: FUNCTION_ARN,
      State: 'Disabled',
    });
    await endpoint.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect((await endpoint.lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings).toEqual([]);
  });

  it('calls a function that is subscribed to a topic', async () => {
    await createAnswer('JSON.parse(event.Records[0].Sns.Message).token');
    const { TopicArn } = await endpoint.sns.send(new CreateTopicCommand({ Name: 'tasks' }));
    await endpoint.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FUNCTION_ARN }));
    expect(await run('sns:publish', { TopicArn, Message: { 'token.$': '$$.Task.Token' } })).toMatchObject(done);
  });

  it('calls a function that is the target of a rule', async () => {
    await createAnswer('event.detail.token');
    await endpoint.eventBridge.send(new PutRuleCommand({ Name: 'tasks', EventPattern: '{"source": ["tasks"]}' }));
    await endpoint.eventBridge.send(
      new PutTargetsCommand({ Rule: 'tasks', Targets: [{ Id: 't', Arn: FUNCTION_ARN }] }),
    );
    const entry = { Source: 'tasks', DetailType: 'Task', Detail: { 'token.$': '$$.Task.Token' } };
    expect(await run('events:putEvents', { Entries: [entry] })).toMatchObject(done);
  });
});
