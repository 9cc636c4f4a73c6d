import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { AutoAdvancingClock } from '../../src/clock';
import { createEndpoint, type Endpoint } from '../../src/endpoint';
import { allowEverything, checkNothing } from '../../src/iam';
import { resultXml, SnsService } from '../../src/sns';
import type { SqsService } from '../../src/sqs';
import { clientOptions } from '../support/client-options';
import { createInbox, QUEUE_ARN, received } from '../support/inbox';

describe('SnsService', () => {
  let endpoint: Endpoint;
  let sqs: SqsService;
  let client: SNSClient;
  let TopicArn: string;
  let undelivered: string[];
  const invocations: { caller: object; functionName: string; payload: string }[] = [];

  async function start(authorizer = checkNothing) {
    const clock = new AutoAdvancingClock({ startMs: Date.UTC(2026, 0, 1) });
    undelivered = [];
    sqs = createInbox(clock, authorizer);
    const service = new SnsService({
      region: 'us-east-1',
      clock,
      authorizer,
      sqs,
      functions: {
        async invokeFor(caller, functionName, payload) {
          invocations.push({ caller, functionName, payload });
          return { payload: 'null' };
        },
      },
      onUndelivered: (problem) => undelivered.push(problem),
    });
    endpoint = await createEndpoint({ port: 0, services: [service], authorizer, clock });
    client = new SNSClient(clientOptions(endpoint.url));
    TopicArn = String((await client.send(new CreateTopicCommand({ Name: 'news' }))).TopicArn);
  }

  afterEach(async () => {
    client.destroy();
    await endpoint.close();
  });

  async function subscribe(Attributes: Record<string, string> = {}): Promise<string> {
    const command = new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE_ARN, Attributes });
    return String((await client.send(command)).SubscriptionArn);
  }
  const publish = (Message: string, more: object = {}) =>
    client.send(new PublishCommand({ TopicArn, Message, ...more }));

  it('lists topics and subscriptions', async () => {
    await start();
    const SubscriptionArn = await subscribe({ RawMessageDelivery: 'true' });
    expect(TopicArn).toBe('arn:aws:sns:us-east-1:000000000000:news');
    expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }]);
    const listed = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(listed.Subscriptions).toEqual([
      { SubscriptionArn, Owner: '000000000000', Protocol: 'sqs', Endpoint: QUEUE_ARN, TopicArn },
    ]);
    const subscription = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(subscription.Attributes).toMatchObject({ RawMessageDelivery: 'true', TopicArn });
    const topic = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(topic.Attributes).toMatchObject({ TopicArn, SubscriptionsConfirmed: '1' });
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect((await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? []).toEqual([]);
  });

  it('sends queues a notification, with what needs to be escaped on the way', async () => {
    await start();
    await subscribe();
    const { MessageId } = await publish('<a> & "b"\n  <c>', { Subject: 'Hello' });
    expect((await received(sqs)).map((body) => JSON.parse(body))).toEqual([
      expect.objectContaining({
        Type: 'Notification',
        MessageId,
        TopicArn,
        Subject: 'Hello',
        Message: '<a> & "b"\n  <c>',
      }),
    ]);
  });

  it('sends functions an event', async () => {
    await start();
    const Endpoint = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    await client.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint }));
    await publish('hello');
    const { caller, functionName, payload } = invocations.at(-1) ?? { payload: '{}' };
    expect(caller).toEqual({ service: 'sns.amazonaws.com', sourceArn: TopicArn });
    expect(functionName).toBe(Endpoint);
    expect(JSON.parse(payload)).toMatchObject({
      Records: [{ EventSource: 'aws:sns', Sns: { Message: 'hello', Subject: null } }],
    });
  });

  it('filters as the policy says that was set last', async () => {
    await start();
    const SubscriptionArn = await subscribe({ RawMessageDelivery: 'true' });
    const AttributeValue = '{"level": ["high"]}';
    await client.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue }),
    );
    for (const level of ['high', 'low']) {
      await publish(level, { MessageAttributes: { level: { DataType: 'String', StringValue: level } } });
    }
    await publish('none');
    expect(await received(sqs)).toEqual(['high']);
  });

  it('sends each protocol its own message, and batches entry by entry', async () => {
    await start();
    await subscribe({ RawMessageDelivery: 'true' });
    await publish(JSON.stringify({ default: 'all', sqs: 'queues' }), { MessageStructure: 'json' });
    const PublishBatchRequestEntries = [
      { Id: 'a', Message: 'one' },
      { Id: 'b', Message: 'two', Subject: 'x'.repeat(101) },
    ];
    const { Failed, Successful } = await client.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect(Successful).toMatchObject([{ Id: 'a' }]);
    expect(Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameter', Message: 'Invalid parameter: Subject' }]);
    expect(await received(sqs)).toEqual(['queues', 'one']);
  });

  it('delivers nothing to a queue whose policy does not allow it, and says so', async () => {
    await start(allowEverything);
    await subscribe();
    await publish('hello');
    expect(await received(sqs)).toEqual([]);
    expect(undelivered).toEqual([expect.stringContaining('sns.amazonaws.com may not send to')]);
  });

  it.each([
    ['NotFoundException', 'Topic does not exist', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:none' }],
    ['InvalidParameterException', 'Invalid parameter: TopicArn', { TopicArn: 'none' }],
    ['InvalidParameterException', 'Invalid parameter: Message too long', { Message: 'x'.repeat(262_145) }],
    ['InvalidParameterException', 'Invalid parameter: Subject', { Subject: 'two\nlines' }],
  ])('refuses with %s: %s', async (name, message, request) => {
    await start();
    await expect(publish('hello', request)).rejects.toMatchObject({ name, message });
  });

  it('refuses a topic that was deleted', async () => {
    await start();
    await client.send(new DeleteTopicCommand({ TopicArn }));
    await expect(publish('hello')).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  // As recorded: https://github.com/localstack/localstack/blob/main/tests/aws/services/stepfunctions/v2/services/test_sns_task_service.snapshot.json
  it('answers in as many bytes as SNS', async () => {
    await start();
    const uuid = '00000000-0000-0000-0000-000000000000';
    expect(resultXml('Publish', { MessageId: uuid }, uuid)).toHaveLength(294);
  });
});
