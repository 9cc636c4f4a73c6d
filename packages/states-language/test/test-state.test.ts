import { InvalidDefinitionError, type TaskRunner } from '../src';
import { parallel, task, test } from './support/tested-states';

describe('testState', () => {
  it('gives the output of a state and where it leads', async () => {
    expect(await test({ Type: 'Pass', Result: 1, Next: 'Then' })).toEqual({
      status: 'SUCCEEDED',
      output: '1',
      nextState: 'Then',
    });
  });

  it('takes a mocked result for the task, and shows each step on DEBUG', async () => {
    const result = await test(task, { input: '{"n":1}', mock: { result: '{"Payload":8}' }, inspectionLevel: 'DEBUG' });
    expect(result).toEqual({
      status: 'SUCCEEDED',
      output: '{"n":1,"result":{"sum":8}}',
      nextState: 'Done',
      inspectionData: {
        input: '{"n":1}',
        afterInputPath: '{"n":1}',
        afterParameters: '{"Payload":{"n":1}}',
        result: '{"Payload":8}',
        afterResultSelector: '{"sum":8}',
        afterResultPath: '{"n":1,"result":{"sum":8}}',
      },
    });
  });

  it('says that an error would be retried until the retries are used up', async () => {
    const mock = { errorOutput: { error: 'Again', cause: 'why' } };
    expect(await test(task, { input: '{"n":1}', mock })).toEqual({ status: 'RETRIABLE', error: 'Again', cause: 'why' });
    expect(await test(task, { input: '{"n":1}', mock, stateConfiguration: { retrierRetryCount: 2 } })).toEqual({
      status: 'FAILED',
      error: 'Again',
      cause: 'why',
    });
  });

  it('says that an error is caught, and by which state', async () => {
    expect(await test(task, { input: '{"n":1}', mock: { errorOutput: { error: 'Oops', cause: 'why' } } })).toEqual({
      status: 'CAUGHT_ERROR',
      output: '{"Error":"Oops","Cause":"why"}',
      nextState: 'Caught',
      error: 'Oops',
      cause: 'why',
    });
  });

  it('sets variables, and shows them with those that the state assigns', async () => {
    const state = { Type: 'Pass', QueryLanguage: 'JSONata', Assign: { w: 2 }, Output: '{% $v %}', End: true };
    const result = await test(state, { variables: '{"v":"a"}', inspectionLevel: 'DEBUG' });
    expect(result.output).toBe('"a"');
    expect(result.inspectionData).toEqual({ input: '{}', variables: '{"v":"a","w":2}' });
  });

  it('tests one state of a whole machine', async () => {
    const machine = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Output: '{% 1 + 1 %}', End: true } },
    };
    expect((await test(machine, { stateName: 'B' })).output).toBe('2');
  });

  it('runs a state that leads back to itself once', async () => {
    const machine = {
      StartAt: 'A',
      States: {
        A: { Type: 'Wait', Seconds: 99_999, Next: 'B' },
        B: { Type: 'Choice', Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'C' }], Default: 'A' },
        C: { Type: 'Succeed' },
      },
    };
    expect(await test(machine, { stateName: 'A' })).toEqual({ status: 'SUCCEEDED', output: '{}', nextState: 'B' });
  });

  it('fails a state that fails, with a cause that names no event', async () => {
    expect(await test({ Type: 'Fail', Error: 'E', Cause: 'C' })).toEqual({ status: 'FAILED', error: 'E', cause: 'C' });
    const state = { Type: 'Pass', QueryLanguage: 'JSONata', Output: { v: '{% $states.input.missing %}' }, End: true };
    expect(await test(state)).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "The JSONata expression '$states.input.missing' specified for the field 'Output/v' returned nothing (undefined).",
    });
  });

  it('refuses what is not valid', async () => {
    await expect(test({ Type: 'Pass' })).rejects.toThrow(InvalidDefinitionError);
    await expect(test({ Type: 'Pass' })).rejects.toThrow('/States/StateName');
    await expect(test({ Type: 'Succeed' }, { input: 'x' })).rejects.toThrow('The input is not valid JSON');
    const machine = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };
    await expect(test(machine, { stateName: 'B' })).rejects.toThrow('State not found in definition');
  });

  it('has a task carried out, and cancels it when its time is up', async () => {
    let cancelled = false;
    const silent: TaskRunner = {
      run: () => ({
        cancel: () => {
          cancelled = true;
        },
      }),
    };
    const answering: TaskRunner = {
      run: (request, listener) => {
        queueMicrotask(() => listener.succeeded({ Payload: request.arguments }));
        return { cancel: () => undefined };
      },
    };
    expect((await test(task, { input: '{"n":1}', tasks: answering })).output).toBe(
      '{"n":1,"result":{"sum":{"Payload":{"n":1}}}}',
    );
    expect(await test({ ...task, TimeoutSeconds: 1 }, { input: '{"n":1}', tasks: silent })).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
    expect(cancelled).toBe(true);
  });
});

describe('what is shown of a state', () => {
  const inspect = async (state: object, more: object = {}) =>
    (await test(state, { input: '{"a":1}', inspectionLevel: 'DEBUG', ...more })).inspectionData;
  const input = '{"a":1}';

  it('depends on its type and its language', async () => {
    const flow = { afterParameters: input, afterResultSelector: input, afterResultPath: input };
    expect(await inspect({ Type: 'Pass', End: true })).toEqual({ input, afterInputPath: input, ...flow });
    expect(await inspect({ Type: 'Pass', Result: 1, ResultPath: '$.r', End: true })).toEqual({
      input,
      result: '1',
      afterResultSelector: '1',
      afterResultPath: '{"a":1,"r":1}',
    });
    expect(await inspect({ Type: 'Succeed' })).toEqual({ input, afterInputPath: input });
    expect(await inspect({ Type: 'Succeed', QueryLanguage: 'JSONata' })).toEqual({ input });
    expect(await inspect({ Type: 'Pass', QueryLanguage: 'JSONata', End: true })).toEqual({ input });
    const invoke = {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'f' },
      End: true,
    };
    expect(await inspect(invoke, { mock: { result: '{"b":2}' } })).toEqual({
      input,
      afterArguments: '{"FunctionName":"f"}',
      result: '{"b":2}',
    });
    const bare = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true };
    expect(await inspect(bare, { mock: { result: '2' } })).toMatchObject({
      afterParameters: input,
      result: '2',
      afterResultPath: '2',
    });
  });

  it('holds which retrier and which catcher an error came to', async () => {
    const mock = { errorOutput: { error: 'E', cause: 'c' } };
    const retrier = { ErrorEquals: ['E'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 4 };
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: {},
      Retry: [{ ErrorEquals: ['X'] }, retrier],
      End: true,
    };
    const after = async (retrierRetryCount: number) =>
      inspect(state, { mock, stateConfiguration: { retrierRetryCount } });
    expect((await after(3))?.errorDetails).toEqual({ retryIndex: 1, retryBackoffIntervalSeconds: 16 });
    expect((await after(4))?.errorDetails).toEqual({ retryIndex: 1 });
    const catching = { ...state, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'N' }] };
    expect((await inspect(catching, { mock, stateConfiguration: { retrierRetryCount: 4 } }))?.errorDetails).toEqual({
      retryIndex: 1,
      catchIndex: 0,
    });
  });

  it('is in the very text that was given, where a value is passed on', async () => {
    const spaced = '[ 1.0 ]';
    const result = await test(parallel, { input: spaced, mock: { result: spaced }, inspectionLevel: 'DEBUG' });
    expect(result.output).toBe(spaced);
    expect(result.inspectionData).toEqual({ input: spaced, afterResultSelector: spaced, afterResultPath: spaced });
  });
});
