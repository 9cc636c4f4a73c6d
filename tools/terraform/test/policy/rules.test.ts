/** Proves that each rule objects to what it is for, and to nothing in a sound stack. */
import { plannedStack } from '../../src/policy/planned-stack';
import { RULES } from '../../src/policy/rules';
import { filesOf, type Parts, soundStack } from './sound-stack';

type Config = Parts['config'];

const violations = (title: string, change: (config: Config) => void): string[] => {
  const parts = soundStack();
  change(parts.config);
  const { planJson, synthesizedJson } = filesOf(parts);
  const rule = RULES.find((it) => it.title === title);
  if (rule === undefined) {
    throw new Error(`no rule is called ${title}`);
  }
  return rule.violations(plannedStack('TestStack', planJson, synthesizedJson));
};

const set = (address: string, changed: Record<string, unknown>) => (config: Config) => {
  config[address] = { ...config[address], ...changed };
};

const grant = (statement: Record<string, unknown>) =>
  set('aws_iam_role_policy.GetTask_Policy', {
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }),
  });

const environment = (name: string, value: string) =>
  set('aws_lambda_function.GetTask', { environment: { variables: { [name]: value } } });

const FUNCTION = 'aws_lambda_function.GetTask';
const TABLE = 'aws_dynamodb_table.Tasks';
const LOG = 'aws_cloudwatch_log_group.GetTask_Log';
const STAGE = 'aws_apigatewayv2_stage.Stage';
const PERMISSION = 'aws_lambda_permission.GetTask_Permission';
const ROLE = 'aws_iam_role.GetTask_Role';

/** Rule, what is planted, what the rule says. */
const PLANTED: readonly (readonly [string, string, (config: Config) => void, string])[] = [
  [
    'no statement allows an action with a wildcard',
    'every action',
    grant({ Action: '*', Resource: '${aws_dynamodb_table.Tasks.arn}' }),
    'GetTask: *',
  ],
  [
    'no statement allows an action with a wildcard',
    'every action of a service',
    grant({ Action: ['dynamodb:*'], Resource: ['${aws_dynamodb_table.Tasks.arn}'] }),
    'GetTask: dynamodb:*',
  ],
  [
    'a wildcard resource is granted only for actions that support no other resource',
    'every table',
    grant({ Action: ['dynamodb:GetItem'], Resource: ['*'] }),
    'GetTask: dynamodb:GetItem',
  ],
  [
    'a wildcard resource is granted only for actions that support no other resource',
    'every function of an account',
    grant({ Action: ['lambda:InvokeFunction'], Resource: ['arn:aws:lambda:eu-central-1:123456789012:function:*'] }),
    'GetTask: lambda:InvokeFunction',
  ],
  [
    'only one AWS service can assume a role',
    'an account',
    set(ROLE, { assume_role_policy: JSON.stringify({ Statement: [{ Principal: { AWS: '123456789012' } }] }) }),
    ROLE,
  ],
  [
    'only one AWS service can assume a role',
    'anybody',
    set(ROLE, { assume_role_policy: JSON.stringify({ Statement: [{ Principal: '*' }] }) }),
    ROLE,
  ],
  [
    'every function and every state machine has a role of its own',
    'a shared role',
    set('aws_sfn_state_machine.Workflow', { role_arn: '${aws_iam_role.GetTask_Role.arn}' }),
    'aws_lambda_function.GetTask, aws_sfn_state_machine.Workflow: aws_iam_role.GetTask_Role',
  ],
  [
    'every function and every state machine has a role of its own',
    'a role from elsewhere',
    set(FUNCTION, { role: 'arn:aws:iam::123456789012:role/admin' }),
    'aws_lambda_function.GetTask: a role outside of the stack (aws_lambda_function.GetTask)',
  ],
  [
    'every function sets a timeout of at most 15 minutes',
    'the default of 3 seconds',
    set(FUNCTION, { timeout: undefined }),
    FUNCTION,
  ],
  ['every function is traced', 'PassThrough', set(FUNCTION, { tracing_config: { mode: 'PassThrough' } }), FUNCTION],
  ['every function is traced', 'nothing', set(FUNCTION, { tracing_config: undefined }), FUNCTION],
  [
    'every state machine is traced',
    'nothing',
    set('aws_sfn_state_machine.Workflow', { tracing_configuration: undefined }),
    'aws_sfn_state_machine.Workflow',
  ],
  [
    'every function has a log group that the stack owns',
    'the group of another function',
    set(LOG, { name: '/aws/lambda/another' }),
    FUNCTION,
  ],
  ['every log group has a retention period', 'retention for ever', set(LOG, { retention_in_days: 0 }), LOG],
  [
    'every table is encrypted with a key of the account',
    'no setting',
    set(TABLE, { server_side_encryption: undefined }),
    TABLE,
  ],
  [
    'every table can be restored to a point in time',
    'switched off',
    set(TABLE, { point_in_time_recovery: { enabled: false } }),
    TABLE,
  ],
  ['every API stage has access logs and throttling', 'no log', set(STAGE, { access_log_settings: undefined }), STAGE],
  [
    'every API stage has access logs and throttling',
    'no limit',
    set(STAGE, { default_route_settings: { throttling_rate_limit: 100 } }),
    STAGE,
  ],
  [
    'a service may invoke a function only on behalf of a named source',
    'no source',
    set(PERMISSION, { source_arn: undefined }),
    PERMISSION,
  ],
  [
    'a service may invoke a function only on behalf of a named source',
    'anybody',
    set(PERMISSION, { principal: '*' }),
    PERMISSION,
  ],
  [
    'no environment variable holds a secret in plain text',
    'by its name',
    environment('WEBHOOK_SECRET', 'hunter2'),
    'aws_lambda_function.GetTask: WEBHOOK_SECRET is named like a secret',
  ],
  [
    'no environment variable holds a secret in plain text',
    'by its value',
    environment('SERVICE_URL', 'https://me:hunter2@example.com'),
    'aws_lambda_function.GetTask: SERVICE_URL holds a URL with a password',
  ],
  [
    'no environment variable holds a secret in plain text',
    'an access key',
    environment('SETTING', `AKIA${'A'.repeat(16)}`),
    'aws_lambda_function.GetTask: SETTING holds an AWS access key',
  ],
];

describe('rules', () => {
  it.each(RULES.map(({ title }) => [title]))('a sound stack: %s', (title) => {
    expect(violations(title, () => undefined)).toEqual([]);
  });

  it.each(PLANTED)('%s: objects to %s', (title, _, change, expected) => {
    expect(violations(title, change)).toEqual([expected]);
  });

  it('each has a planted violation', () => {
    expect(new Set(PLANTED.map(([title]) => title))).toEqual(new Set(RULES.map(({ title }) => title)));
  });

  it.each([['SECRET_ARN'], ['TOKEN_TABLE_NAME'], ['TASKS_TABLE_NAME'], ['POWERTOOLS_LOG_LEVEL']])(
    'take %s for an ordinary setting',
    (name) => {
      expect(violations('no environment variable holds a secret in plain text', environment(name, 'value'))).toEqual(
        [],
      );
    },
  );
});
