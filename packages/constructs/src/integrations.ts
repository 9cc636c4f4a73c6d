import type { IntegrationPattern } from '@workflows/states-language';
import { Fn, Token } from 'cdktf';
import type { PolicyStatement } from './policy';

/** A Task state, as far as its permissions depend on it. */
export interface CalledTask {
  readonly pattern: IntegrationPattern;
  /** The `Resource`. */
  readonly resource: string;
  /** An argument that names what is called, as an ARN. @throws {ConstructError} when it is not known at synthesis */
  arn(argument: string): string;
  /** An argument as it stands; `undefined` when it is not given. @throws {ConstructError} when it is decided at run time */
  literal(argument: string): unknown;
  /** @throws {ConstructError} saying that this argument has to be known at synthesis */
  unknown(argument: string): never;
  /** The ARN of a resource that a value names, when it is known. */
  arnOf(value: unknown): string | undefined;
}

/** ARN of the executions of a state machine: all of them, or one. */
export const executionArn = (stateMachineArn: string, name = '*'): string =>
  `${Fn.replace(stateMachineArn, ':stateMachine:', ':execution:')}:${name}`;

/** Rule that Step Functions maintains in the account to detect the end of nested executions. */
const managedRuleArn = (stateMachineArn: string): string =>
  Fn.replace(
    Fn.replace(stateMachineArn, ':states:', ':events:'),
    '/:stateMachine:.*/',
    ':rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
  );

const allow = (action: string, ...resources: readonly string[]): readonly PolicyStatement[] => [
  { actions: [action], resources },
];

function invokeFunction(task: CalledTask): readonly PolicyStatement[] {
  const functionArn = task.arn('FunctionName');
  const qualifier = task.literal('Qualifier');
  return allow('lambda:InvokeFunction', qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`);
}

function startExecution(task: CalledTask): readonly PolicyStatement[] {
  const stateMachineArn = task.arn('StateMachineArn');
  const start = allow('states:StartExecution', stateMachineArn);
  if (task.pattern !== 'SYNC' && task.pattern !== 'SYNC_2') {
    return start;
  }
  return [
    ...start,
    // To see how the child ended, and to stop it when the parent is stopped.
    { actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [executionArn(stateMachineArn)] },
    {
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [managedRuleArn(stateMachineArn)],
    },
  ];
}

const QUEUE_URL = /^https:\/\/sqs\.([\w-]+)\.amazonaws\.com\/(\d{12})\/([\w.-]+)$/;

function sendMessage(task: CalledTask): readonly PolicyStatement[] {
  const url = task.literal('QueueUrl');
  const [, region, account, name] =
    typeof url === 'string' && !Token.isUnresolved(url) ? (QUEUE_URL.exec(url) ?? []) : [];
  return allow(
    'sqs:SendMessage',
    name === undefined ? task.arn('QueueUrl') : `arn:aws:sqs:${region}:${account}:${name}`,
  );
}

function putEvents(task: CalledTask): readonly PolicyStatement[] {
  const entries = task.literal('Entries');
  const buses = (Array.isArray(entries) ? entries : [undefined]).map((entry) => task.arnOf(entry?.EventBusName));
  return allow('events:PutEvents', ...buses.map((arn) => arn ?? task.unknown('Entries')));
}

const onTable = (action: string) => (task: CalledTask) => allow(action, task.arn('TableName'));

/**
 * Permissions that a role needs for the Task states of each integration, by `<service>:<action>`. The permissions of
 * all other integrations are given explicitly.
 */
export const TASK_PERMISSIONS: Readonly<Record<string, (task: CalledTask) => readonly PolicyStatement[]>> = {
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
  'lambda:function': ({ resource }) => allow('lambda:InvokeFunction', resource),
  'lambda:invoke': invokeFunction,
  /** Workers of an activity call with permissions of their own. @see https://docs.aws.amazon.com/step-functions/latest/dg/activities-iam.html */
  'states:activity': () => [],
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html#sync-async-iam-policies */
  'states:startExecution': startExecution,
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html#sqs-iam */
  'sqs:sendMessage': sendMessage,
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html#sns-iam */
  'sns:publish': (task) => allow('sns:Publish', task.arn('TopicArn')),
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html#eventbridge-iam */
  'events:putEvents': putEvents,
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html#dynamo-iam */
  'dynamodb:getItem': onTable('dynamodb:GetItem'),
  'dynamodb:putItem': onTable('dynamodb:PutItem'),
  'dynamodb:updateItem': onTable('dynamodb:UpdateItem'),
  'dynamodb:deleteItem': onTable('dynamodb:DeleteItem'),
};
