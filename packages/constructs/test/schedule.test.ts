import { Testing } from 'cdktf';
import { NodeFunction, Schedule } from '../src';
import { bundle, expectOnlyCallerOfFn, newStack, onlyResource } from './support/synthesis';

const build = (everyMinutes = 5, name = 'dev-measure') => {
  const stack = newStack();
  const target = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
  return { stack, schedule: new Schedule(stack, 'Measure', { name, everyMinutes, target }) };
};

describe('Schedule', () => {
  it.each([
    [1, 'rate(1 minute)'],
    [5, 'rate(5 minutes)'],
  ])('every %d minutes is %s', (minutes, expression) => {
    expect(onlyResource(build(minutes).stack, 'aws_cloudwatch_event_rule')).toEqual({
      name: 'dev-measure',
      schedule_expression: expression,
    });
  });

  it('lets this rule, and no other, call the function', () => {
    expectOnlyCallerOfFn(build().stack, 'Measure');
  });

  it.each([0, 0.5, 1441])('refuses %d minutes', (minutes) => {
    expect(() => build(minutes)).toThrow(
      `Stack/Measure: everyMinutes is ${minutes}; allowed: a whole number of minutes from 1 to 1440. EventBridge counts in minutes; what is due less than once a day needs a calendar, not an interval.`,
    );
  });

  it('refuses a name that EventBridge refuses', () => {
    expect(() => build(5, 'a b')).toThrow(
      'Stack/Measure: rule name "a b" is not valid; received 3 characters, allowed: 1 to 64 of A-Z a-z 0-9 _ . -.',
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    expect(Testing.renderConstructTree(build().schedule)).toMatchInlineSnapshot(`
      "Measure (Schedule)
      ├── Resource (CloudwatchEventRule)
      ├── Target (CloudwatchEventTarget)
      └── Permission (LambdaPermission)
      "
    `);
  });
});
