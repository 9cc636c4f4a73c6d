import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { AutoAdvancingClock } from '../../src/clock';
import { createEndpoint, type Endpoint } from '../../src/endpoint';
import { EventBridgeService, EventBus } from '../../src/eventbridge';
import { checkNothing } from '../../src/iam';
import type { SqsService } from '../../src/sqs';
import { clientOptions } from '../support/client-options';
import { createInbox, QUEUE_ARN, received } from '../support/inbox';

describe('EventBridgeService', () => {
  let endpoint: Endpoint;
  let sqs: SqsService;
  let client: EventBridgeClient;
  let bus: EventBus;
  let started: { request: object; caller: object | undefined }[];
  const clock = new AutoAdvancingClock({ startMs: Date.UTC(2026, 0, 1) });

  beforeEach(async () => {
    started = [];
    sqs = createInbox(clock, checkNothing);
    const services = {
      sqs,
      clock,
      functions: { invokeFor: async () => ({ payload: 'null' }) },
      stepFunctions: {
        call: async (_name: string, request: object, caller?: object) => void started.push({ request, caller }),
      } as never,
    };
    bus = new EventBus('us-east-1', services, () => undefined);
    const service = new EventBridgeService('us-east-1', bus, checkNothing);
    endpoint = await createEndpoint({ port: 0, services: [service], authorizer: checkNothing, clock });
    client = new EventBridgeClient(clientOptions(endpoint.url));
    await client.send(new PutRuleCommand({ Name: 'rule', EventPattern: '{"source": ["shop"]}' }));
  });

  afterEach(async () => {
    client.destroy();
    await bus.close();
    await endpoint.close();
  });

  const target = (more: object = {}) =>
    client.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 't', Arn: QUEUE_ARN, ...more }] }));
  const put = (entry: object = {}) =>
    client.send(
      new PutEventsCommand({
        Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{"id": 7, "name": "x\\"y"}', ...entry }],
      }),
    );

  it('sends the targets of a rule the events that it matches', async () => {
    await target();
    const { Entries, FailedEntryCount } = await put({ Resources: ['r'] });
    await put({ Source: 'other' });
    expect(FailedEntryCount).toBe(0);
    expect((await received(sqs)).map((body) => JSON.parse(body))).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Sold',
        source: 'shop',
        account: '000000000000',
        time: expect.stringMatching(/^2026-01-01T00:00:\d\dZ$/),
        region: 'us-east-1',
        resources: ['r'],
        detail: { id: 7, name: 'x"y' },
      },
    ]);
  });

  it.each([
    ['constant input', { Input: '{"a": 1}' }, '{"a": 1}'],
    ['a part of the event', { InputPath: '$.detail.id' }, '7'],
    [
      'a transformer',
      {
        InputTransformer: {
          InputPathsMap: { id: '$.detail.id', name: '$.detail.name', none: '$.no' },
          InputTemplate: '{"id": <id>, "text": "<name> of <id><none>"}',
        },
      },
      '{"id": 7, "text": "x\\"y of 7"}',
    ],
  ])('gives a target %s', async (_, more, input) => {
    await target(more);
    await put();
    expect(await received(sqs)).toEqual([input]);
  });

  it('starts executions as the role of the target', async () => {
    const Arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
    const RoleArn = 'arn:aws:iam::000000000000:role/events';
    await target({ Arn, RoleArn, Input: '{}' });
    await put();
    expect(started).toEqual([{ request: { stateMachineArn: Arn, input: '{}' }, caller: { roleArn: RoleArn } }]);
  });

  // As recorded: https://github.com/localstack/localstack/blob/main/tests/aws/services/stepfunctions/v2/services/test_events_task_service.snapshot.json
  it.each([
    ['InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.', { Source: undefined }],
    ['MalformedDetail', 'Detail is malformed.', { Detail: '"jsonstring"' }],
    ['NotAuthorizedForSource', 'Not authorized for the source.', { Source: 'aws.states' }],
  ])('refuses an entry with %s', async (ErrorCode, ErrorMessage, entry) => {
    expect(await put(entry)).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage }] });
  });

  it('accepts an event for a bus that does not exist, and keeps buses apart', async () => {
    await target();
    await client.send(new CreateEventBusCommand({ Name: 'own' }));
    expect(await put({ EventBusName: 'none' })).toMatchObject({ FailedEntryCount: 0 });
    await put({ EventBusName: 'own' });
    expect(await received(sqs)).toEqual([]);
  });

  it('lists, disables and deletes rules', async () => {
    await target();
    expect((await client.send(new ListRulesCommand({}))).Rules).toMatchObject([{ Name: 'rule', State: 'ENABLED' }]);
    const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'rule' }));
    expect(Targets).toEqual([{ Id: 't', Arn: QUEUE_ARN }]);
    await client.send(new DisableRuleCommand({ Name: 'rule' }));
    await put();
    expect(await received(sqs)).toEqual([]);
    expect(await client.send(new DescribeRuleCommand({ Name: 'rule' }))).toMatchObject({ State: 'DISABLED' });
    await expect(client.send(new DeleteRuleCommand({ Name: 'rule' }))).rejects.toThrow(
      "Rule can't be deleted since it has targets.",
    );
    await client.send(new RemoveTargetsCommand({ Rule: 'rule', Ids: ['t'] }));
    await client.send(new DeleteRuleCommand({ Name: 'rule' }));
    await expect(client.send(new DescribeRuleCommand({ Name: 'rule' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('refuses patterns and targets that it does not know, by name', async () => {
    await expect(client.send(new PutRuleCommand({ Name: 'r', EventPattern: '{' }))).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
    });
    await expect(
      client.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'cron(0 0 * * ? *)' })),
    ).rejects.toThrow('schedule expression `cron(0 0 * * ? *)` is not supported');
    await expect(target({ Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:x' })).rejects.toThrow(
      'is not supported',
    );
  });
});
