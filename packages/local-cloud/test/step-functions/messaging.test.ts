/** Tasks that send to queues, topics and buses of the runtime. */
import { DescribeExecutionCommand, SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { JsonValue } from '@workflows/states-language';
import { AutoAdvancingClock } from '../../src/clock';
import { allowEverything, Iam } from '../../src/iam';
import { SqsService } from '../../src/sqs';
import { createMachine, type Fixture, START_MS, startFixture, waitUntil } from './fixture';

const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders';

const task = (resource: string, Parameters: object) => ({
  StartAt: 'Send',
  States: { Send: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters, End: true } },
});

describe('sqs:sendMessage', () => {
  let fixture: Fixture;
  let sqs: SqsService;

  async function start(authorizer = allowEverything) {
    const clock = new AutoAdvancingClock({ startMs: START_MS });
    sqs = new SqsService({ region: 'us-east-1', clock, authorizer, endpoint: () => undefined });
    sqs.create('orders', {});
    fixture = await startFixture({ clock, authorizer, services: [sqs] });
  }
  afterEach(() => fixture.close());

  async function run(definition: object, input: JsonValue = {}): Promise<string> {
    const stateMachineArn = await createMachine(fixture.client, definition);
    const started = await fixture.client.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    return String(started.executionArn);
  }
  const ended = (executionArn: string) =>
    waitUntil(async () => {
      const execution = await fixture.client.send(new DescribeExecutionCommand({ executionArn }));
      return execution.status === 'RUNNING' ? undefined : execution;
    });
  async function received(): Promise<string> {
    const { Messages } = await sqs.call('ReceiveMessage', { QueueUrl: QUEUE_URL }, undefined);
    return (Messages as { Body: string }[])[0]?.Body ?? '';
  }

  // As recorded: https://github.com/localstack/localstack/blob/main/tests/aws/services/stepfunctions/v2/services/test_sqs_task_service.snapshot.json
  it('answers as SQS does, with the metadata of the exchange, and ignores fields that it does not take', async () => {
    await start();
    const parameters = {
      QueueUrl: QUEUE_URL,
      MessageBody: 'test_message_body',
      MessageSystemAttribute: { AWSTraceHeader: 'test' },
    };
    const { output } = await ended(await run(task('sqs:sendMessage', parameters)));
    expect(JSON.parse(String(output))).toEqual({
      MD5OfMessageBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      MessageId: expect.any(String),
      SdkHttpMetadata: {
        AllHttpHeaders: expect.objectContaining({ 'Content-Length': ['106'], connection: ['keep-alive'] }),
        HttpHeaders: expect.objectContaining({ 'Content-Length': '106', 'Content-Type': 'application/x-amz-json-1.0' }),
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
    expect(await received()).toBe('test_message_body');
  });

  it('sends an object as JSON, and waits for the token in it', async () => {
    await start();
    const executionArn = await run(
      task('sqs:sendMessage.waitForTaskToken', {
        QueueUrl: QUEUE_URL,
        MessageBody: { 'Input.$': '$.order', 'TaskToken.$': '$$.Task.Token' },
      }),
      { order: 7 },
    );
    const body = await waitUntil(async () => (await received()) || undefined);
    const { Input, TaskToken } = JSON.parse(body);
    expect(Input).toBe(7);
    await fixture.client.send(new SendTaskSuccessCommand({ taskToken: TaskToken, output: '"approved"' }));
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"approved"' });
  });

  it.each([
    [
      'sqs:sendMessage',
      'SQS.QueueDoesNotExistException',
      /^The specified queue does not exist\. \(Service: AmazonSQS; Status Code: 400; Error Code: AWS\.SimpleQueueService\.NonExistentQueue; Request ID: /,
    ],
    [
      'aws-sdk:sqs:sendMessage',
      'Sqs.QueueDoesNotExistException',
      /^The specified queue does not exist\. \(Service: Sqs, Status Code: 400, Request ID: /,
    ],
  ])('%s fails for a queue that does not exist with %s', async (resource, error, cause) => {
    await start();
    const execution = await ended(await run(task(resource, { QueueUrl: `${QUEUE_URL}-none`, MessageBody: 'x' })));
    expect(execution).toMatchObject({ status: 'FAILED', error, cause: expect.stringMatching(cause) });
  });

  it('may only what its role allows', async () => {
    await start(new Iam());
    const execution = await ended(await run(task('sqs:sendMessage', { QueueUrl: QUEUE_URL, MessageBody: 'x' })));
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'SQS.AmazonSQSException',
      cause: expect.stringContaining(
        'is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:orders because no identity-based policy allows the sqs:sendmessage action',
      ),
    });
  });

  it('reads queues with aws-sdk:sqs:receiveMessage', async () => {
    await start();
    await sqs.call('SendMessage', { QueueUrl: QUEUE_URL, MessageBody: 'hello', DelaySeconds: 5 }, undefined);
    const { output } = await ended(
      await run(task('aws-sdk:sqs:receiveMessage', { QueueUrl: QUEUE_URL, WaitTimeSeconds: 20 })),
    );
    expect(JSON.parse(String(output))).toMatchObject({ Messages: [{ Body: 'hello', Md5OfBody: expect.any(String) }] });
  });
});
