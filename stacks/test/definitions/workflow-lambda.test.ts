import type { JsonValue } from '@workflows/constructs/testing';
import { runDefinition } from '@workflows/constructs/testing';
import { synthesize } from '../support/synthesized';

const definition = synthesize().WorkflowsLambdaStack.definition('dev-WorkflowLambda');
const generate = (numbers: JsonValue) => () => ({ output: { Payload: numbers } });

describe('WorkflowLambda', () => {
  it('adds 7 to every number that the generator returns', async () => {
    const run = await runDefinition(definition, { input: { count: 7 }, onTask: generate([0, 1, 1, 2, 3, 5, 8]) });

    expect(run.output).toEqual([7, 8, 8, 9, 10, 12, 15].map((added) => ({ added })));
    expect(run.calls).toEqual([
      {
        resource: 'arn:aws:states:::lambda:invoke',
        arguments: { FunctionName: expect.any(String), Payload: { count: 7 } },
      },
    ]);
  });

  it('maps over a single number as over many', async () => {
    expect((await runDefinition(definition, { input: { count: 1 }, onTask: generate([1]) })).output).toEqual([
      { added: 8 },
    ]);
  });

  it.each([{}, { other: 1 }])('leaves the count to the generator for %j', async (input) => {
    const { calls, status } = await runDefinition(definition, { input, onTask: generate([1]) });

    expect(status).toBe('SUCCEEDED');
    expect(calls).toMatchObject([{ arguments: { Payload: {} } }]);
  });

  it.each([null, 5, 'five', true, [], [{ count: 2 }]])('refuses the input %j by name', async (input) => {
    const { status, error, cause, calls } = await runDefinition(definition, { input });

    expect({ status, error, calls }).toEqual({ status: 'FAILED', error: 'InvalidInput', calls: [] });
    expect(cause).toMatch(/^the input must be a JSON object; received (null|number|string|boolean|array)$/);
  });

  it('fails with the error of the generator', async () => {
    const run = await runDefinition(definition, {
      input: { count: 26 },
      onTask: () => ({ error: 'InvalidCountError', cause: 'count is 26' }),
    });

    expect(run).toMatchObject({ status: 'FAILED', error: 'InvalidCountError', cause: 'count is 26' });
    expect(run.calls).toHaveLength(1);
  });

  it('tries again when Lambda throttles', async () => {
    const answers = [{ error: 'Lambda.TooManyRequestsException' }, { output: { Payload: [1] } }];
    const run = await runDefinition(definition, { onTask: () => answers.shift() ?? { silent: true } });

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: [{ added: 8 }] });
    expect(run.calls).toHaveLength(2);
  });
});
