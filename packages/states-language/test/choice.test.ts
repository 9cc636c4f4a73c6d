import type { JsonValue } from '../src';
import { run } from './support/run';

async function chooses(rule: object, input: JsonValue): Promise<boolean> {
  const execution = await run(
    {
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Succeed' },
        No: { Type: 'Succeed' },
      },
    },
    input,
  );
  return execution.history.some((event) => event.stateEnteredEventDetails?.name === 'Yes');
}

const of = (operator: string, operand: JsonValue): object => ({ Variable: '$.v', [operator]: operand });

describe('Choice in JSONPath', () => {
  it.each<[object, JsonValue, boolean]>([
    [of('StringEquals', 'a'), 'a', true],
    [of('StringEquals', 'a'), 1, false],
    [of('StringLessThan', 'b'), 'a', true],
    [of('StringLessThanEquals', 'a'), 'a', true],
    [of('StringGreaterThan', 'a'), 'a', false],
    [of('StringGreaterThanEquals', 'a'), 'b', true],
    [of('StringMatches', 'log-*.txt'), 'log-2026.txt', true],
    [of('StringMatches', 'a\\*b'), 'a*b', true],
    [of('StringMatches', 'a\\*b'), 'axb', false],
    [of('StringMatches', 'a.c'), 'abc', false],
    [of('NumericEquals', 3), 3, true],
    [of('NumericEquals', 3), '3', false],
    [of('NumericLessThan', 3), 2.5, true],
    [of('NumericLessThanEquals', 3), 3, true],
    [of('NumericGreaterThan', 3), 3, false],
    [of('NumericGreaterThanEquals', 3), 4, true],
    [of('BooleanEquals', true), true, true],
    [of('BooleanEquals', true), 'true', false],
    [of('TimestampEquals', '2026-01-01T01:00:00+01:00'), '2026-01-01T00:00:00Z', true],
    [of('TimestampLessThan', '2026-01-01T00:00:00Z'), '2025-12-31T23:59:59.999Z', true],
    [of('TimestampGreaterThanEquals', '2026-01-01T00:00:00Z'), 'yesterday', false],
    [of('IsNull', true), null, true],
    [of('IsString', true), 'x', true],
    [of('IsNumeric', true), '1', false],
    [of('IsBoolean', false), 1, true],
    [of('IsTimestamp', true), '2026-01-01T00:00:00Z', true],
    [of('IsTimestamp', true), '2026-02-30T00:00:00Z', false],
  ])('%j of %j is %s', async (rule, value, expected) => {
    expect(await chooses(rule, { v: value })).toBe(expected);
  });

  it('cannot look at null as its whole input, as AWS cannot', async () => {
    const States = {
      C: { Type: 'Choice', Choices: [{ Variable: '$', IsString: true, Next: 'E' }] },
      E: { Type: 'Succeed' },
    };
    const { error, cause } = await run({ StartAt: 'C', States }, null);
    expect(error).toBe('States.Runtime');
    expect(cause).toContain('Unable to apply Path transformation to null or empty input.');
  });

  it('compares with another path', async () => {
    expect(await chooses({ Variable: '$.a', NumericLessThanPath: '$.b' }, { a: 1, b: 2 })).toBe(true);
    expect(await chooses({ Variable: '$.a', StringEqualsPath: '$$.Execution.Name' }, { a: 'run' })).toBe(true);
  });

  it('combines rules, and stops at the first that decides', async () => {
    const present = { Variable: '$.v', IsPresent: true };
    const positive = { Variable: '$.v', NumericGreaterThan: 0 };
    expect(await chooses({ And: [present, positive] }, {})).toBe(false);
    expect(await chooses({ And: [present, positive] }, { v: 1 })).toBe(true);
    expect(await chooses({ Or: [{ Not: present }, positive] }, {})).toBe(true);
  });

  it('fails when a compared value is missing', async () => {
    const rule = { Variable: '$.v', NumericEquals: 1, Next: 'End' };
    const { error, cause } = await run({
      StartAt: 'C',
      States: { C: { Type: 'Choice', Choices: [rule], Default: 'End' }, End: { Type: 'Succeed' } },
    });
    expect(error).toBe('States.Runtime');
    expect(cause).toContain("Invalid path '$.v': The choice state's condition path references an invalid value.");
  });

  it('ends the execution without a match and without a default, whatever catches errors around it', async () => {
    const rule = { Variable: '$.v', IsPresent: true, Next: 'End' };
    const choice = { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [rule] }, End: { Type: 'Succeed' } } };
    const catches = ['States.ALL', 'States.NoChoiceMatched'].map((name) => ({ ErrorEquals: [name], Next: 'Caught' }));
    const { error, cause } = await run({
      StartAt: 'P',
      States: {
        P: { Type: 'Parallel', Branches: [choice], Catch: catches.reverse(), End: true },
        Caught: { Type: 'Succeed' },
      },
    });
    expect(error).toBe('States.Runtime');
    expect(cause).toBe(
      "An error occurred while executing the state 'C' (entered at the event id #4). Failed to transition out of the state. The state does not point to a next state.",
    );
  });
});

describe('Choice in JSONata', () => {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'C',
    States: {
      C: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 1 %}', Next: 'Big', Output: { size: 'big' }, Assign: { size: 'big' } },
        ],
        Default: 'Small',
        Output: { size: 'small' },
        Assign: { size: 'small' },
      },
      Big: { Type: 'Succeed', Output: '{% $size %}' },
      Small: { Type: 'Succeed', Output: '{% $size %}' },
    },
  };

  it.each([
    [2, 'big'],
    [1, 'small'],
  ])('of %d takes the Output and Assign of the way it goes: %s', async (n, size) => {
    const execution = await run(definition, { n });
    expect(execution.output).toBe(JSON.stringify(size));
    expect(execution.history[2]?.stateExitedEventDetails).toMatchObject({
      output: JSON.stringify({ size }),
      assignedVariables: { size: JSON.stringify(size) },
    });
  });

  it('fails unless a condition is a boolean', async () => {
    const execution = await run({
      QueryLanguage: 'JSONata',
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ Condition: "{% 'yes' %}", Next: 'End' }], Default: 'End' },
        End: { Type: 'Succeed' },
      },
    });
    expect(execution.history.at(-2)?.evaluationFailedEventDetails).toMatchObject({
      error: 'States.QueryEvaluationError',
      location: 'Choices[0]/Condition',
      state: 'C',
    });
  });
});
