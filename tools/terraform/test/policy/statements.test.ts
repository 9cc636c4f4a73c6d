import { plannedStack } from '../../src/policy/planned-stack';
import { roleListing } from '../../src/policy/role-listing';
import { roleStatements } from '../../src/policy/statements';
import { isWildcard } from '../../src/policy/wildcards';
import { filesOf, type Parts, soundStack } from './sound-stack';

const stackOf = (change: (config: Parts['config']) => void = () => undefined) => {
  const parts = soundStack();
  change(parts.config);
  const { planJson, synthesizedJson } = filesOf(parts);
  return plannedStack('TestStack', planJson, synthesizedJson);
};

describe('roleStatements', () => {
  it('lists every statement of every role, sorted, with references by path', () => {
    expect(roleStatements(stackOf())).toEqual([
      {
        role: 'GetTask',
        statements: [
          { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: ['${aws_dynamodb_table["Tasks"].arn}'] },
          {
            Effect: 'Allow',
            Action: ['logs:PutLogEvents'],
            Resource: ['${aws_cloudwatch_log_group["GetTask/Log"].arn}:*'],
          },
          {
            Effect: 'Allow',
            Action: ['states:DescribeExecution'],
            Resource: ['${replace(aws_sfn_state_machine["Workflow"].arn, ":stateMachine:", ":execution:")}:*'],
          },
          { Effect: 'Allow', Action: ['xray:PutTraceSegments'], Resource: ['*'] },
        ],
      },
      { role: 'Workflow', statements: [] },
    ]);
  });

  it.each([
    [
      'a managed policy',
      { 'aws_iam_role_policy_attachment.Admin': { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' } },
      'aws_iam_role_policy_attachment.Admin',
    ],
    [
      'a policy inside of a role',
      { 'aws_iam_role.Other_Role': { name: 'other', inline_policy: { name: 'all' } } },
      'aws_iam_role.Other_Role',
    ],
  ])('refuses %s, which it would not see', (_, added, named) => {
    expect(() => roleStatements(stackOf((config) => Object.assign(config, added)))).toThrow(named);
  });

  it.each(['NotAction', 'NotResource'])('refuses a statement with %s', (key) => {
    const statement = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'], [key]: ['s3:PutObject'] };
    const stack = stackOf((config) => {
      config['aws_iam_role_policy.GetTask_Policy'] = {
        role: '${aws_iam_role.GetTask_Role.name}',
        policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      };
    });

    expect(() => roleStatements(stack)).toThrow(/aws_iam_role_policy\.GetTask_Policy is no policy of Allow and Deny/);
  });
});

describe('roleListing', () => {
  it('has one line for each statement, and a condition at its end', () => {
    const statement = {
      Effect: 'Allow',
      Action: ['sns:Publish', 'sns:GetTopicAttributes'],
      Resource: ['arn:aws:sns:eu-central-1:123456789012:alarms'],
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    };
    const stack = stackOf((config) => {
      config['aws_iam_role_policy.Workflow_Policy'] = {
        role: '${aws_iam_role.Workflow_Role.name}',
        policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      };
    });

    expect(roleListing([stack])).toContain(`
TestStack/Workflow
  Allow sns:GetTopicAttributes, sns:Publish on arn:aws:sns:eu-central-1:123456789012:alarms if {"Bool":{"aws:SecureTransport":"true"}}
`);
  });
});

describe('plannedStack', () => {
  it('refuses a plan beside a configuration that it was not made from', () => {
    const { planJson } = filesOf(soundStack());

    expect(() => plannedStack('TestStack', planJson, '{"resource": {}}')).toThrow('Run pnpm plan again.');
  });
});

describe('isWildcard', () => {
  it.each([
    ['*', true],
    ['arn:aws:lambda:eu-central-1:123456789012:function:*', true],
    ['arn:aws:states:*:123456789012:stateMachine:workflow', true],
    ['${aws_cloudwatch_log_group.It.arn}:*', false],
    ['arn:aws:states:eu-central-1:123456789012:execution:dev-Workflow:*', false],
    ['${replace(aws_sfn_state_machine.It.arn, ":stateMachine:", ":execution:")}:*', false],
    ['arn:aws:dynamodb:eu-central-1:123456789012:table/dev-tasks', false],
  ])('%s: %s', (resource, expected) => {
    expect(isWildcard(resource)).toBe(expected);
  });
});
