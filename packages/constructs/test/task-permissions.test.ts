import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { SfnActivity } from '@cdktf/provider-aws/lib/sfn-activity';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { TerraformStack } from 'cdktf';
import {
  type Definition,
  type ExplicitPermissions,
  type JsonataState,
  type JsonPathState,
  NodeFunction,
  StateMachine,
} from '../src';
import { bundle, newStack, onlyResource, permissionsOfRole, readable } from './support/synthesis';

const jsonata = (state: object): Definition => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Call',
  States: { Call: { Type: 'Task', End: true, ...state } as JsonataState },
});

const jsonPath = (state: object): Definition => ({
  StartAt: 'Call',
  States: { Call: { Type: 'Task', End: true, ...state } as JsonPathState },
});

const create = (definition: Definition, permissions?: ExplicitPermissions, stack = newStack()): TerraformStack => {
  new StateMachine(stack, 'Machine', {
    name: 'machine',
    definition,
    ...(permissions === undefined ? {} : { permissions }),
  });
  return stack;
};

/** What the role may do besides delivering logs and traces. */
const permissions = (stack: TerraformStack): string[] =>
  permissionsOfRole(stack, 'machine').filter((line) => !line.includes('logs:CreateLogDelivery'));

/** The integrations that were once refused, and activities. */
const FORMERLY_REFUSED = [
  'arn:aws:states:::http:invoke',
  'arn:aws:states:::events:putEvents',
  'arn:aws:states:::ecs:runTask.sync',
  'arn:aws:states:::batch:submitJob.sync',
  'arn:aws:states:::glue:startJobRun.sync',
  'arn:aws:states:::aws-sdk:s3:getObject',
  'arn:aws:states:::bedrock:invokeModel',
  'arn:aws:states:::apigateway:invoke',
  'arn:aws:states:::sns:publish',
];

describe('the permissions of a state machine', () => {
  it('sns:publish: synthesizes, and may publish to exactly the topic that it names', () => {
    const TopicArn = 'arn:aws:sns:us-east-1:111122223333:t';
    const stack = create(jsonata({ Resource: 'arn:aws:states:::sns:publish', Arguments: { TopicArn, Message: 'x' } }));

    expect(permissions(stack)).toEqual([`sns:Publish on ${TopicArn}`]);
  });

  it.each(FORMERLY_REFUSED)('%s: synthesizes with the permissions that are given', (Resource) => {
    const given = [{ actions: ['service:Action'], resources: ['arn:aws:service:::thing'] }];

    expect(permissions(create(jsonata({ Resource, Arguments: {} }), { Call: given }))).toEqual([
      'service:Action on arn:aws:service:::thing',
    ]);
    expect(permissions(create(jsonPath({ Resource, Parameters: {} }), { [Resource]: given }))).toEqual([
      'service:Action on arn:aws:service:::thing',
    ]);
  });

  it.each(FORMERLY_REFUSED.filter((it) => !/sns|events/.test(it)))(
    '%s: without permissions the synthesis fails, and says what to do',
    (Resource) => {
      expect(() => create(jsonata({ Resource, Arguments: {} }))).toThrow(
        `Stack/Machine: state "Call" is or calls "${Resource}", whose permissions cannot be computed. ` +
          'List the statements that the role needs in "permissions" under "Call", or an empty list if it needs none.',
      );
    },
  );

  it('an activity needs none, whether it is named by its ARN or by a reference', () => {
    const stack = newStack();
    const { id } = new SfnActivity(stack, 'Approve', { name: 'approve' });
    create(jsonata({ Resource: id, Arguments: {} }), undefined, stack);

    expect(permissions(stack)).toEqual([]);
    expect(readable(String(onlyResource(stack, 'aws_sfn_state_machine').definition))).toContain(
      '"Resource":"<aws_sfn_activity.Approve.id>"',
    );
    expect(
      permissions(create(jsonPath({ Resource: 'arn:aws:states:us-east-1:111122223333:activity:approve' }))),
    ).toEqual([]);
  });

  it('a function that is the Resource itself may be invoked', () => {
    const stack = newStack();
    const { arn } = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
    create(jsonPath({ Resource: arn }), undefined, stack);

    expect(permissions(stack)).toEqual(['lambda:InvokeFunction on <aws_lambda_function.Fn.arn>']);
  });

  it('a version of a function may be invoked, and no other', () => {
    const FunctionName = 'arn:aws:lambda:us-east-1:111122223333:function:f';
    const invoke = { Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName, Qualifier: 'live' } };

    expect(permissions(create(jsonata(invoke)))).toEqual([`lambda:InvokeFunction on ${FunctionName}:live`]);
  });

  it.each<[string, object, string]>([
    [
      'sqs:sendMessage',
      { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q', MessageBody: 'x' },
      'sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:q',
    ],
    [
      'events:putEvents',
      {
        Entries: [{ EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/b', Source: 's', DetailType: 't' }],
      },
      'events:PutEvents on arn:aws:events:eu-west-1:111122223333:event-bus/b',
    ],
    [
      'dynamodb:updateItem',
      { TableName: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t', Key: {} },
      'dynamodb:UpdateItem on arn:aws:dynamodb:eu-west-1:111122223333:table/t',
    ],
  ])('%s: computed from a literal', (action, given, permission) => {
    expect(permissions(create(jsonata({ Resource: `arn:aws:states:::${action}`, Arguments: given })))).toEqual([
      permission,
    ]);
    expect(permissions(create(jsonPath({ Resource: `arn:aws:states:::${action}`, Parameters: given })))).toEqual([
      permission,
    ]);
  });

  it.each<[string, (stack: TerraformStack) => object, string]>([
    [
      'sqs:sendMessage',
      (stack) => ({ QueueUrl: new SqsQueue(stack, 'It', { name: 'q' }).url }),
      'sqs:SendMessage on <aws_sqs_queue.It.arn>',
    ],
    [
      'sns:publish',
      (stack) => ({ TopicArn: new SnsTopic(stack, 'It', { name: 't' }).arn }),
      'sns:Publish on <aws_sns_topic.It.arn>',
    ],
    [
      'events:putEvents',
      (stack) => ({ Entries: [{ EventBusName: new CloudwatchEventBus(stack, 'It', { name: 'b' }).name }] }),
      'events:PutEvents on <aws_cloudwatch_event_bus.It.arn>',
    ],
    [
      'dynamodb:putItem',
      (stack) => ({ TableName: new DynamodbTable(stack, 'It', { name: 't', hashKey: 'id' }).name }),
      'dynamodb:PutItem on <aws_dynamodb_table.It.arn>',
    ],
  ])('%s: computed from a reference to a resource of the stack', (action, given, permission) => {
    const stack = newStack();
    create(jsonata({ Resource: `arn:aws:states:::${action}`, Arguments: given(stack) }), undefined, stack);

    expect(permissions(stack)).toEqual([permission]);
  });

  it.each<[string, Definition, string]>([
    [
      'a function that an expression decides',
      jsonata({ Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: '{% $states.input.fn %}' } }),
      'state "Call" has FunctionName "{% $states.input.fn %}"; allowed: the ARN of one resource, or a reference to a resource of this stack, because the role grants access to that resource only.',
    ],
    [
      'a queue that a path decides',
      jsonPath({ Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { 'QueueUrl.$': '$.queue' } }),
      'state "Call" has QueueUrl "$.queue"; allowed:',
    ],
    [
      'a table by a name that says neither region nor account',
      jsonPath({ Resource: 'arn:aws:states:::dynamodb:getItem', Parameters: { TableName: 'tasks', Key: {} } }),
      'state "Call" has TableName "tasks"; allowed:',
    ],
    [
      'the default event bus, which has no ARN of its own in the stack',
      jsonata({ Resource: 'arn:aws:states:::events:putEvents', Arguments: { Entries: [{ Source: 's' }] } }),
      'state "Call" has Entries [{"Source":"s"}]; allowed:',
    ],
    [
      'the role of another account that an expression decides',
      jsonata({
        Resource: 'arn:aws:states:::sns:publish',
        Arguments: {},
        Credentials: { RoleArn: '{% $states.input.role %}' },
      }),
      'state "Call" has Credentials {"RoleArn":"{% $states.input.role %}"}; allowed:',
    ],
  ])('refuses %s, as the role could not be narrow', (_, definition, message) => {
    expect(() => create(definition)).toThrow(message);
    expect(() => create(definition)).toThrow(
      'or list the statements that the role needs in "permissions" under "Call".',
    );
    expect(permissions(create(definition, { Call: [] }))).toEqual([]);
  });

  it('a task with credentials of another role needs to assume that role, and nothing else', () => {
    const RoleArn = 'arn:aws:iam::444455556666:role/other';
    const definition = jsonata({
      Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
      Arguments: {},
      Credentials: { RoleArn },
    });

    expect(permissions(create(definition))).toEqual([`sts:AssumeRole on ${RoleArn}`]);
  });

  it('a distributed Map needs permissions of its own, which are given', () => {
    const definition: Definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'One',
            States: { One: { Type: 'Pass', End: true } },
          },
          End: true,
        },
      },
    };

    expect(() => create(definition)).toThrow(
      'state "Each" is or calls a distributed Map, whose permissions cannot be computed.',
    );
    expect(
      permissions(
        create(definition, { Each: [{ actions: ['states:StartExecution'], resources: ['arn:aws:states:::m'] }] }),
      ),
    ).toEqual(['states:StartExecution on arn:aws:states:::m']);
  });

  it('permissions for something that the definition does not have are refused', () => {
    expect(() => create(jsonata({ Resource: 'arn:aws:states:::http:invoke' }), { Cal: [] })).toThrow(
      '"Call" is or calls',
    );
    expect(() => create(jsonata({ Resource: 'arn:aws:states:::http:invoke' }), { Call: [], Cal: [] })).toThrow(
      '"permissions" has "Cal", which is neither a state nor the Resource of a state; the states are: Call. Correct the name or remove the entry.',
    );
  });
});

describe('a callback state in JSONPath', () => {
  const definition = (change: object = {}): Definition => ({
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: {
          QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q',
          MessageBody: { 'token.$': '$$.Task.Token' },
        },
        TimeoutSecondsPath: '$.timeout',
        HeartbeatSeconds: 10,
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Rescue' }],
        Next: 'Rescue',
        ...change,
      } as JsonPathState,
      Rescue: { Type: 'Succeed' },
    },
  });

  it('is accepted when it passes its token, is bounded and catches', () => {
    expect(permissions(create(definition()))).toEqual(['sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:q']);
  });

  it.each<[string, object, string]>([
    [
      'passes no task token',
      { Parameters: { QueueUrl: 'q', MessageBody: { token: '$$.Task.Token' } } },
      'callback state "Wait" passes no task token, so no callback can resume it. Put "$$.Task.Token" into its Parameters, under a key that ends in ".$".',
    ],
    [
      'may wait for longer than an execution lives',
      { TimeoutSecondsPath: undefined, TimeoutSeconds: 31_536_001 },
      'callback state "Wait" has TimeoutSeconds 31536001; allowed: 1 to 31536000, or TimeoutSecondsPath.',
    ],
    [
      'catches only some errors',
      { Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Rescue' }] },
      'callback state "Wait" does not catch "States.ALL"',
    ],
  ])('is refused when it %s', (_, change, message) => {
    const refused = JSON.parse(JSON.stringify(definition(change))) as Definition;

    expect(() => create(refused)).toThrow(message);
  });
});
