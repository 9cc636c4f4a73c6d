/** Proves what every rule does that calls a function. */

import { type TerraformStack, Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { ExecutionStatusRule, NodeFunction, Schedule, StateMachine } from '../src';
import { bundle, newStack, onlyResource, readable } from './support/synthesis';

const schedule = (stack: TerraformStack, name: string, target: NodeFunction) =>
  new Schedule(stack, 'Rule', { name, everyMinutes: 5, target });

function executionStatusRule(stack: TerraformStack, name: string, target: NodeFunction): Construct {
  const stateMachine = new StateMachine(stack, 'Machine', {
    name: 'machine',
    definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
  });
  return new ExecutionStatusRule(stack, 'Rule', { name, stateMachine, statuses: ['ABORTED'], target });
}

describe.each([
  ['Schedule', schedule],
  ['ExecutionStatusRule', executionStatusRule],
])('%s', (type, create) => {
  const build = (name = 'dev-rule') => {
    const stack = newStack();
    return { stack, rule: create(stack, name, new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() })) };
  };

  it('lets this rule, and no other, call the function', () => {
    const { stack } = build();

    expect(JSON.parse(readable(JSON.stringify(onlyResource(stack, 'aws_lambda_permission'))))).toEqual({
      statement_id: 'events',
      action: 'lambda:InvokeFunction',
      function_name: '<aws_lambda_function.Fn.function_name>',
      principal: 'events.amazonaws.com',
      source_arn: '<aws_cloudwatch_event_rule.Rule.arn>',
    });
    expect(readable(String(onlyResource(stack, 'aws_cloudwatch_event_target').arn))).toBe(
      '<aws_lambda_function.Fn.arn>',
    );
  });

  it('refuses a name that EventBridge refuses', () => {
    expect(() => build('a b')).toThrow(
      'Stack/Rule: rule name "a b" is not valid: it has 3 characters; allowed: 1 to 64 characters of A-Z, a-z, 0-9, _, . and -.',
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    expect(Testing.renderConstructTree(build().rule)).toBe(
      [
        `Rule (${type})`,
        '├── Resource (CloudwatchEventRule)',
        '├── Target (CloudwatchEventTarget)',
        '└── Permission (LambdaPermission)',
        '',
      ].join('\n'),
    );
  });
});
