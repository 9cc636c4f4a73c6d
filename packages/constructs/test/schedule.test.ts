import { NodeFunction, Schedule } from '../src';
import { bundle, newStack, onlyResource } from './support/synthesis';

const build = (everyMinutes: number) => {
  const stack = newStack();
  const target = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
  new Schedule(stack, 'Measure', { name: 'dev-measure', everyMinutes, target });
  return stack;
};

describe('Schedule', () => {
  it.each([
    [1, 'rate(1 minute)'],
    [5, 'rate(5 minutes)'],
  ])('every %d minutes is %s', (minutes, expression) => {
    expect(onlyResource(build(minutes), 'aws_cloudwatch_event_rule')).toEqual({
      name: 'dev-measure',
      schedule_expression: expression,
    });
  });

  it.each([0, 0.5, 1441])('refuses %d minutes', (minutes) => {
    expect(() => build(minutes)).toThrow(
      `Stack/Measure: everyMinutes is ${minutes}; allowed: a whole number of minutes from 1 to 1440. EventBridge rates are whole minutes. Use a cron expression for intervals longer than a day.`,
    );
  });
});
