import { Testing } from 'cdktf';
import { ExecutionStatusRule, type ExecutionStatusRuleProps, NodeFunction, StateMachine } from '../src';
import { bundle, expectOnlyCallerOfFn, newStack, onlyResource, readable } from './support/synthesis';

const build = (name = 'dev-ended', more: Partial<ExecutionStatusRuleProps> = {}) => {
  const stack = newStack();
  const stateMachine = new StateMachine(stack, 'Machine', {
    name: 'machine',
    definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
  });
  const target = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
  return {
    stack,
    rule: new ExecutionStatusRule(stack, 'Ended', { name, stateMachine, statuses: ['ABORTED'], target, ...more }),
  };
};

describe('ExecutionStatusRule', () => {
  it('matches one state machine and the statuses that matter', () => {
    const { event_pattern: pattern } = onlyResource(build().stack, 'aws_cloudwatch_event_rule');

    expect(JSON.parse(readable(String(pattern)))).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: ['<aws_sfn_state_machine.Machine.arn>'], status: ['ABORTED'] },
    });
  });

  it('matches some statuses of redriven executions only', () => {
    const { stack } = build('dev-ended', { redrivenStatuses: ['SUCCEEDED'] });

    const { event_pattern: pattern } = onlyResource(stack, 'aws_cloudwatch_event_rule');

    expect(JSON.parse(String(pattern)).detail).toEqual({
      stateMachineArn: expect.any(Array),
      $or: [{ status: ['ABORTED'] }, { status: ['SUCCEEDED'], redriveCount: [{ 'anything-but': [0] }] }],
    });
  });

  it('lets this rule, and no other, call the function', () => {
    expectOnlyCallerOfFn(build().stack, 'Ended');
  });

  it('refuses a name that EventBridge refuses', () => {
    expect(() => build('a b')).toThrow(
      'Stack/Ended: rule name "a b" is not valid; received 3 characters, allowed: 1 to 64 of A-Z a-z 0-9 _ . -.',
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    expect(Testing.renderConstructTree(build().rule)).toMatchInlineSnapshot(`
      "Ended (ExecutionStatusRule)
      ├── Resource (CloudwatchEventRule)
      ├── Target (CloudwatchEventTarget)
      └── Permission (LambdaPermission)
      "
    `);
  });
});
