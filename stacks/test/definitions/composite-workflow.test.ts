import type { JsonValue, TaskCall, TaskOutcome } from '@workflows/constructs/testing';
import { runDefinition } from '@workflows/constructs/testing';
import { synthesize } from '../support/synthesized';

const definition = synthesize().WorkflowsStack.definition('dev-WorkflowComposite');

interface StartArguments {
  readonly Name: string;
  readonly Input: { readonly input: { readonly name: string } };
}

const argumentsOf = (call: TaskCall) => call.arguments as unknown as StartArguments;

/** Answers as Step Functions does when a nested execution has succeeded. */
const echo = (call: TaskCall): TaskOutcome => ({
  output: {
    Status: 'SUCCEEDED',
    Output: { externalServiceOutput: [{ status: 'succeeded', data: argumentsOf(call).Input.input.name }] },
  },
});

const run = (input: JsonValue, onTask = echo, options: { name?: string; redriveCount?: number } = {}) =>
  runDefinition(definition, { input, onTask, ...options });

describe('Workflow Composite', () => {
  it.each([
    [{}, ['corge', 'grault']],
    [{ names: ['a'] }, ['a']],
    [{ names: ['b', 'a', 'b'] }, ['b', 'a', 'b']],
    [{ names: [''] }, ['']],
  ])('runs one sub-workflow for each name of %j and keeps their order', async (input, names) => {
    const { status, output, calls } = await run(input);

    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({ externalServiceOutput: names.map((data) => ({ status: 'succeeded', data })) });
    expect(calls.map((call) => argumentsOf(call).Input)).toEqual(
      names.map((name) => ({
        input: { name },
        AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:aws:states:us-east-1:123456789012:execution:machine:test',
      })),
    );
  });

  it('runs 40 at the same time', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `name-${index}`);
    const { output, calls } = await run({ names });

    expect(calls).toHaveLength(40);
    expect(output).toEqual({ externalServiceOutput: names.map((data) => ({ status: 'succeeded', data })) });
  });

  it.each<[string, JsonValue, string]>([
    ['no object', null, 'the input must be a JSON object; received null'],
    ['names that are text', { names: 'abc' }, 'names must be an array of strings; received abc'],
    ['names that are null', { names: null }, 'names must be an array of strings; received null'],
    ['no names', { names: [] }, 'names must have 1 to 40 entries; received 0'],
    ['41 names', { names: Array.from({ length: 41 }, () => 'x') }, 'names must have 1 to 40 entries; received 41'],
    ['a number among names', { names: ['a', 1] }, 'names must be strings; received ["a",1]'],
    ['an empty list among names', { names: [[]] }, 'names must be strings; received [[]]'],
    ['a list of names in names', { names: [['a', 'b'], 'c'] }, 'names must be strings; received [["a","b"],"c"]'],
  ])('refuses %s by name, without starting anything', async (_, input, cause) => {
    expect(await run(input)).toMatchObject({ status: 'FAILED', error: 'InvalidInput', cause, calls: [] });
  });

  describe('names of sub-workflows', () => {
    const namesOf = async (options: { name?: string; redriveCount?: number } = {}) =>
      (await run({ names: ['a', 'b'] }, echo, options)).calls.map((call) => argumentsOf(call).Name);

    it('are unique, valid and at most 80 characters, whatever the parent is called', async () => {
      for (const name of ['x'.repeat(80), 'a.b(c)=d!é', 'short']) {
        const names = await namesOf({ name });

        expect(new Set(names).size).toBe(2);
        for (const it of names) {
          expect(it).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        }
      }
    });

    it('differ between parents whose names begin alike', async () => {
      const long = 'x'.repeat(79);

      expect(await namesOf({ name: `${long}a` })).not.toEqual(await namesOf({ name: `${long}b` }));
    });

    it('are the same in every attempt at a start, so that a start whose answer was lost counts once', async () => {
      let failures = 1;
      const { calls, status } = await run({ names: ['a'] }, (call) =>
        failures-- > 0 ? { error: 'StepFunctions.AWSStepFunctionsException' } : echo(call),
      );

      expect(status).toBe('SUCCEEDED');
      expect(calls).toHaveLength(2);
      expect(new Set(calls.map((call) => argumentsOf(call).Name)).size).toBe(1);
    });

    it('change with a redrive, as the names of ended executions are taken', async () => {
      expect(await namesOf({ redriveCount: 1 })).not.toEqual(await namesOf());
    });
  });

  describe('when a sub-workflow fails', () => {
    const failing = (error: string, cause: string) => run({ names: ['a'] }, () => ({ error, cause }));
    const child = { ExecutionArn: 'arn', Name: 'child-0', Status: 'FAILED' };

    it('fails with the error and cause of the sub-workflow', async () => {
      const cause = JSON.stringify({ ...child, Error: 'OutOfStock', Cause: 'none left' });

      expect(await failing('States.TaskFailed', cause)).toMatchObject({
        status: 'FAILED',
        error: 'OutOfStock',
        cause: 'none left',
      });
    });

    it('says how a sub-workflow ended that left no error', async () => {
      const cause = JSON.stringify({ ...child, Status: 'ABORTED' });

      expect(await failing('States.TaskFailed', cause)).toMatchObject({
        status: 'FAILED',
        error: 'States.TaskFailed',
        cause: 'Sub-workflow child-0 ended ABORTED',
      });
    });

    it.each(['plain text', '{"cut": "in the mid', ''])('hands on a cause that is not JSON: %j', async (cause) => {
      const run = await failing('States.TaskFailed', cause);

      expect(run).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
      expect(run.cause ?? '').toBe(cause);
    });

    it('hands on the error of a start that was refused', async () => {
      expect(await failing('StepFunctions.ExecutionAlreadyExistsException', 'taken')).toMatchObject({
        status: 'FAILED',
        error: 'StepFunctions.ExecutionAlreadyExistsException',
        cause: 'taken',
      });
    });

    it('does not wait for ever for a sub-workflow that never ends', async () => {
      const run = await runDefinition(definition, { input: { names: ['a'] }, onTask: () => ({ silent: true }) });

      expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', seconds: 14_400 });
    });
  });
});
