import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AutoAdvancingClock } from '../../src/clock';
import { createEndpoint, type Endpoint } from '../../src/endpoint';
import { allowEverything } from '../../src/iam';
import { SqsService } from '../../src/sqs';
import { clientOptions } from '../support/client-options';

const START_MS = Date.UTC(2026, 0, 1);

describe('SqsService', () => {
  let clock: AutoAdvancingClock;
  let endpoint: Endpoint;
  let service: SqsService;
  let client: SQSClient;
  let QueueUrl: string;

  beforeEach(async () => {
    clock = new AutoAdvancingClock({ startMs: START_MS });
    service = new SqsService({ region: 'us-east-1', clock, authorizer: allowEverything, endpoint: () => endpoint.url });
    endpoint = await createEndpoint({ port: 0, services: [service], authorizer: allowEverything, clock });
    client = new SQSClient(clientOptions(endpoint.url));
    QueueUrl = await createQueue('orders');
  });

  afterEach(async () => {
    client.destroy();
    await endpoint.close();
    await service.close();
  });

  const elapsedSeconds = () => (clock.now() - START_MS) / 1000;

  async function createQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
    return String((await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl);
  }
  const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const send = (MessageBody: string, more: object = {}) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
  async function receive(more: object = {}) {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...more }));
    return Messages;
  }
  const bodies = async (more: object = {}) =>
    (await receive({ MaxNumberOfMessages: 10, ...more })).map(({ Body }) => Body);
  async function attributes(QueueAttributeNames: string[] = ['All']): Promise<Record<string, string>> {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: QueueAttributeNames as ['All'] });
    return (await client.send(command)).Attributes ?? {};
  }

  it('has URLs on the endpoint, found by name and listed', async () => {
    await createQueue('other');
    expect(QueueUrl).toBe(`${endpoint.url}/000000000000/orders`);
    expect((await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).QueueUrl).toBe(QueueUrl);
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'ord' }))).QueueUrls).toEqual([QueueUrl]);
  });

  it('gives what was sent with its attributes, until it is deleted', async () => {
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'new' } };
    const sent = await send('one', { MessageAttributes });
    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'one',
      MD5OfBody: sent.MD5OfMessageBody,
      // As AWS computes it: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) },
    });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await clock.sleep(60_000);
    expect(await receive()).toEqual([]);
  });

  it('hides a received message for its visibility timeout', async () => {
    await send('one');
    const [message] = await receive({ VisibilityTimeout: 50 });
    expect(await receive()).toEqual([]);
    expect(await attributes()).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    expect(await bodies({ WaitTimeSeconds: 20 })).toEqual([]);
    await clock.sleep(31_000);
    expect(await bodies()).toEqual(['one']);
    // The earlier receipt is worth nothing any more.
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    expect(await attributes()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
  });

  it('shows a message again as soon as its visibility timeout is set to nothing', async () => {
    await send('one');
    const [message] = await receive();
    const change = { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(change));
    expect(await bodies()).toEqual(['one']);
  });

  it('delays messages as the queue or the sender says', async () => {
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '10' } }));
    await send('later');
    await send('now', { DelaySeconds: 0 });
    expect(await bodies()).toEqual(['now']);
    expect(await bodies({ WaitTimeSeconds: 20 })).toEqual(['later']);
    expect(elapsedSeconds()).toBeGreaterThanOrEqual(10);
    expect(elapsedSeconds()).toBeLessThan(11);
  });

  it('ends a long poll when a message comes, and when its time is over', async () => {
    expect(await receive({ WaitTimeSeconds: 20 })).toEqual([]);
    expect(elapsedSeconds()).toBeCloseTo(20, 1);
    const polled = bodies({ WaitTimeSeconds: 20 });
    clock.schedule(clock.now() + 5000, () => void send('one'));
    expect(await polled).toEqual(['one']);
  });

  it('ends a long poll of a queue that is deleted', async () => {
    const polled = receive({ WaitTimeSeconds: 20 });
    clock.schedule(clock.now() + 1000, () => void client.send(new DeleteQueueCommand({ QueueUrl })));
    expect(await polled).toEqual([]);
    await expect(send('one')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('forgets messages after the retention period', async () => {
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { MessageRetentionPeriod: '60' } }));
    await send('one');
    await clock.sleep(61_000);
    expect(await receive()).toEqual([]);
    expect(await attributes()).toMatchObject({ ApproximateNumberOfMessages: '0' });
  });

  it('moves what was received too often to the dead-letter queue', async () => {
    const deadLetters = await createQueue('dead-letters');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead-letters'), maxReceiveCount: 2 });
    await client.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy, VisibilityTimeout: '1' } }),
    );
    await send('poison');
    for (const _ of [1, 2]) {
      expect(await bodies({ WaitTimeSeconds: 2 })).toEqual(['poison']);
    }
    expect(await receive({ WaitTimeSeconds: 2 })).toEqual([]);
    const dead = await receive({ QueueUrl: deadLetters, MessageSystemAttributeNames: ['All'] });
    expect(dead).toMatchObject([{ Body: 'poison', Attributes: { DeadLetterQueueSourceArn: arnOf('orders') } }]);
  });

  it('carries out batches entry by entry', async () => {
    const Entries = [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: 'two', DelaySeconds: 900 },
    ];
    const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b']);
    const [message] = await receive({ MaxNumberOfMessages: 10 });
    const deleted = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
          { Id: 'b', ReceiptHandle: 'unknown' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: 'a' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid', SenderFault: true }]);
    await client.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await attributes()).toMatchObject({ ApproximateNumberOfMessagesDelayed: '0' });
  });

  describe('a FIFO queue', () => {
    beforeEach(async () => {
      QueueUrl = await createQueue('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    });

    it('gives the messages of a group one after the other, and other groups meanwhile', async () => {
      for (const [body, MessageGroupId] of [
        ['a1', 'a'],
        ['a2', 'a'],
        ['b1', 'b'],
      ] as const) {
        await send(body, { MessageGroupId });
      }
      const [first] = await receive();
      expect(first?.Body).toBe('a1');
      expect(await bodies()).toEqual(['b1']);
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
      expect(await bodies()).toEqual(['a2']);
    });

    it('takes an equal message once in five minutes', async () => {
      const one = await send('same', { MessageGroupId: 'a' });
      const two = await send('same', { MessageGroupId: 'a' });
      expect(two.MessageId).toBe(one.MessageId);
      await clock.sleep(301_000);
      await send('same', { MessageGroupId: 'a' });
      expect(await bodies()).toEqual(['same', 'same']);
    });

    it('refuses a message without a group', async () => {
      await expect(send('one')).rejects.toMatchObject({
        name: 'MissingParameter',
        message: 'The request must contain the parameter MessageGroupId.',
      });
    });
  });

  describe('refuses', () => {
    it('a queue that does not exist', async () => {
      await expect(send('one', { QueueUrl: `${endpoint.url}/000000000000/none` })).rejects.toMatchObject({
        name: 'QueueDoesNotExist',
        message: 'The specified queue does not exist.',
      });
    });

    it('a message of more than one mebibyte', async () => {
      await send('x'.repeat(1_048_576));
      await expect(send('x'.repeat(1_048_577))).rejects.toMatchObject({
        name: 'InvalidParameterValue',
        message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
      });
    });

    it.each([
      ['InvalidAttributeName', { Speed: 'high' }],
      ['InvalidAttributeValue', { VisibilityTimeout: '43201' }],
      [
        'InvalidParameterValue',
        { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('x'), maxReceiveCount: 3 }) },
      ],
      ['QueueNameExists', { DelaySeconds: '7' }],
    ])('attributes: %s', async (name, Attributes) => {
      await expect(
        client.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: Attributes as Record<string, string> })),
      ).rejects.toMatchObject({ name });
    });
  });
});
