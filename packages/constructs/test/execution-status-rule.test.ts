import { ExecutionStatusRule, type ExecutionStatusRuleProps, NodeFunction, StateMachine } from '../src';
import { bundle, newStack, onlyResource, readable } from './support/synthesis';

const build = (more: Partial<ExecutionStatusRuleProps> = {}) => {
  const stack = newStack();
  const stateMachine = new StateMachine(stack, 'Machine', {
    name: 'machine',
    definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
  });
  const target = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
  new ExecutionStatusRule(stack, 'Ended', { name: 'dev-ended', stateMachine, statuses: ['ABORTED'], target, ...more });
  return stack;
};

describe('ExecutionStatusRule', () => {
  it('matches one state machine and the statuses that matter', () => {
    const { event_pattern: pattern } = onlyResource(build(), 'aws_cloudwatch_event_rule');

    expect(JSON.parse(readable(String(pattern)))).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: ['<aws_sfn_state_machine.Machine.arn>'], status: ['ABORTED'] },
    });
  });

  it('matches some statuses of redriven executions only', () => {
    const stack = build({ redrivenStatuses: ['SUCCEEDED'] });

    const { event_pattern: pattern } = onlyResource(stack, 'aws_cloudwatch_event_rule');

    expect(JSON.parse(String(pattern)).detail).toEqual({
      stateMachineArn: expect.any(Array),
      $or: [{ status: ['ABORTED'] }, { status: ['SUCCEEDED'], redriveCount: [{ 'anything-but': [0] }] }],
    });
  });
});
