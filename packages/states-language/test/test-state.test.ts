import { InvalidDefinitionError, type TaskRunner, TestStateError, testState } from '../src';

const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { 'Payload.$': '$.n' },
  ResultSelector: { 'sum.$': '$.Payload' },
  ResultPath: '$.result',
  Retry: [{ ErrorEquals: ['Again'], MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['Oops'], Next: 'Caught' }],
  Next: 'Done',
};

const test = (state: object, more: object = {}): ReturnType<typeof testState> =>
  testState({ definition: JSON.stringify(state), ...more });

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
        afterParameters: '{"Payload":1}',
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
      '{"n":1,"result":{"sum":{"Payload":1}}}',
    );
    expect(await test({ ...task, TimeoutSeconds: 1 }, { input: '{"n":1}', tasks: silent })).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
    expect(cancelled).toBe(true);
  });
});

const branch = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
const parallel = { Type: 'Parallel', Branches: [branch], End: true };
const map = { Type: 'Map', ItemsPath: '$.all', ItemProcessor: branch, End: true };

describe('what a test needs a mock for, and what takes none', () => {
  const callback = {
    ...task,
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { 'T.$': '$$.Task.Token' },
  };
  const unsupported =
    'TestState supports Activity tasks and the .sync and .waitForTaskToken service integration patterns only when a mock is specified';

  it.each([
    [
      'a Map',
      map,
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    ],
    ['a Parallel', parallel, 'TestState API does not support Map or Parallel states.'],
    ['a callback', callback, unsupported],
    ['a job', { ...task, Resource: 'arn:aws:states:::states:startExecution.sync:2' }, unsupported],
    ['an activity', { ...task, Resource: 'arn:aws:states:us-east-1:123456789012:activity:a' }, unsupported],
    ['a task without anything to carry it out', task, 'RoleArn must be specified when testing a Task state'],
  ])('refuses %s without a mock at once', async (_what, state, message) => {
    await expect(test(state)).rejects.toThrow(message);
  });

  it.each([
    [{ Type: 'Pass', End: true }],
    [{ Type: 'Succeed' }],
    [{ Type: 'Fail' }],
    [{ Type: 'Wait', Seconds: 1, End: true }],
  ])('refuses a mock for %j', async (state) => {
    const message = `State type '${state.Type}' is not supported when a mock is specified`;
    await expect(test(state, { mock: { result: '{}' } })).rejects.toThrow(message);
    await expect(test(state, { mock: { errorOutput: {} } })).rejects.toThrow(message);
  });

  it.each([
    [task, { result: 'no' }, 'Mocked result must be valid JSON'],
    [
      task,
      { result: '1', errorOutput: {} },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ],
    [task, {}, 'A test mock should have one of the following fields: [result, errorOutput].'],
    [map, { result: '{}' }, 'Mocked result must be an array.'],
    [parallel, { result: '{}' }, 'Mocked result must be an array.'],
    [
      parallel,
      { result: '[1,2]' },
      'Mocked result must contain the same number of items as number of Parallel branches.',
    ],
  ])('refuses for %j the mock %j', async (state, mock, message) => {
    await expect(test(state, { mock })).rejects.toThrow(new TestStateError(message));
  });

  it('refuses to reveal secrets of a mock', async () => {
    await expect(test(task, { mock: { result: '{}' }, revealSecrets: true })).rejects.toThrow(
      'TestState does not support RevealSecrets when a mock is specified.',
    );
  });

  it('has a result compared with the model of its service, unless told not to', async () => {
    const checkResult = jest.fn(() => "Field 'A' must be a string");
    const call = (mock: object) =>
      test(task, { input: '{"n":1}', mock: { result: '{"Payload":1}', ...mock }, checkResult });
    await expect(call({})).rejects.toThrow("Mock result schema validation error: Field 'A' must be a string");
    await expect(call({ fieldValidationMode: 'PRESENT' })).rejects.toThrow(TestStateError);
    expect(checkResult.mock.calls).toEqual([
      [expect.objectContaining({ action: 'invoke' }), { Payload: 1 }, 'STRICT'],
      [expect.objectContaining({ action: 'invoke' }), { Payload: 1 }, 'PRESENT'],
    ]);
    expect((await call({ fieldValidationMode: 'NONE' })).status).toBe('SUCCEEDED');
  });

  it('gives a mocked callback a token', async () => {
    const result = await test(callback, { mock: { result: '{"Payload":1}' }, inspectionLevel: 'TRACE' });
    expect(JSON.parse(result.inspectionData?.afterParameters ?? '')).toEqual({ T: expect.any(String) });
  });
});

describe('Map and Parallel with a mock', () => {
  const input = '{"all":[{"n":1},{"n":2}]}';
  const inspect = async (state: object, more: object = {}) =>
    test(state, { input, mock: { result: '["a","b"]' }, inspectionLevel: 'DEBUG', ...more });

  it('shows what a Map makes of its items', async () => {
    const state = {
      ...map,
      ItemProcessor: { ...branch, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ItemSelector: { 'm.$': '$$.Map.Item.Value.n' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      MaxConcurrency: 3,
      ToleratedFailurePercentage: 50,
      ResultPath: '$.out',
    };
    const { inspectionData, output } = await inspect(state);
    expect(output).toBe('{"all":[{"n":1},{"n":2}],"out":["a","b"]}');
    expect(inspectionData).toEqual({
      input,
      afterInputPath: input,
      afterItemsPath: '[{"n":1},{"n":2}]',
      afterItemSelector: '[{"m":1},{"m":2}]',
      afterItemBatcher: '[{"Items":[{"m":1},{"m":2}]}]',
      maxConcurrency: 3,
      toleratedFailurePercentage: 50,
      afterResultSelector: '["a","b"]',
      afterResultPath: output,
    });
  });

  it('shows of a Map in JSONata only its input and its bounds', async () => {
    const state = {
      Type: 'Map',
      QueryLanguage: 'JSONata',
      Items: '{% $states.input.all %}',
      ItemProcessor: branch,
      End: true,
    };
    expect((await inspect(state)).inspectionData).toEqual({ input, maxConcurrency: 0 });
  });

  it('shows of a Parallel what becomes of its result', async () => {
    expect(
      (await inspect({ ...parallel, Branches: [branch, { StartAt: 'J', States: { J: { Type: 'Succeed' } } }] }))
        .inspectionData,
    ).toEqual({
      input,
      afterResultSelector: '["a","b"]',
      afterResultPath: '["a","b"]',
    });
  });

  it('fails a Map whose items are none, as the interpreter does', async () => {
    expect(await inspect({ ...map, ItemsPath: '$$.Execution' })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'Reference path "$.Execution" must point to array.',
    });
  });

  it('takes a mocked error to Retry and Catch', async () => {
    const mock = { errorOutput: { error: 'E', cause: 'c' } };
    const stateConfiguration = { errorCausedByState: 'I' };
    const state = {
      ...map,
      Catch: [
        { ErrorEquals: ['X'], Next: 'X' },
        { ErrorEquals: ['States.TaskFailed'], Next: 'Y' },
      ],
    };
    expect(await inspect(state, { mock, stateConfiguration })).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Y',
      error: 'E',
      cause: 'c',
      inspectionData: { errorDetails: { catchIndex: 1 } },
    });
    await expect(inspect(state, { mock, stateConfiguration: { errorCausedByState: 'Z' } })).rejects.toThrow(
      "there is no 'Z'",
    );
    const own = { mock, stateConfiguration: { errorCausedByState: 'StateName' } };
    expect((await inspect(state, own)).status).toBe('CAUGHT_ERROR');
  });

  it('fails a Map that has more failed iterations than it tolerates', async () => {
    const tolerant = {
      ...map,
      ToleratedFailureCount: 1,
      ItemProcessor: { ...branch, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } },
    };
    const failing = (count: number) => inspect(tolerant, { stateConfiguration: { mapIterationFailureCount: count } });
    expect((await failing(1)).status).toBe('SUCCEEDED');
    expect(await failing(2)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
      inspectionData: { toleratedFailureCount: 1 },
    });
    await expect(failing(3)).rejects.toThrow('mapIterationFailureCount cannot exceed the number of items in the input');
  });

  it('takes what the item reader of a distributed Map reads', async () => {
    const state = {
      ...map,
      ItemsPath: undefined,
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
      ItemSelector: { 'x.$': '$$.Map.Item.Value' },
      ItemProcessor: { ...branch, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    };
    const { inspectionData } = await inspect(state, { stateConfiguration: { mapItemReaderData: '[1,2]' } });
    expect(inspectionData?.afterItemSelector).toBe('[{"x":1},{"x":2}]');
  });
});

describe('the context object of a test', () => {
  const state = { Type: 'Pass', Parameters: { 'c.$': '$$' }, End: true };
  const invoke = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'f' },
    ResultSelector: { 'c.$': '$$' },
    End: true,
  };
  const given = (context: object) => test(invoke, { mock: { result: '{}' }, context: JSON.stringify(context) });
  const contextOf = ({ output = '' }: { output?: string }) => JSON.parse(output).c;

  it('says of itself what AWS says', async () => {
    const location = { region: 'eu-west-1', account: '210987654321' };
    const { Execution, State, StateMachine, ...others } = contextOf(await test(state, { input: '{"a":1}', location }));
    expect(others).toEqual({});
    expect(Execution).toEqual({
      Id: `arn:aws:states:eu-west-1:210987654321:express:${StateMachine.Name}:${Execution.Name}`,
      Input: { a: 1 },
      Name: expect.any(String),
      RoleArn: null,
      StartTime: expect.any(String),
    });
    expect(State).toEqual({ Name: 'StateName', EnteredTime: expect.any(String) });
    expect(StateMachine.Id).toBe(`arn:aws:states:eu-west-1:210987654321:stateMachine:${StateMachine.Name}`);
  });

  it('has the item of a state inside a Map', async () => {
    const machine = { StartAt: 'M', States: { M: { ...map, ItemProcessor: { StartAt: 'X', States: { X: state } } } } };
    expect(contextOf(await test(machine, { stateName: 'X', input: '7' })).Map).toEqual({
      Item: { Index: 0, Value: 7 },
    });
  });

  it('is the given one as a whole', async () => {
    expect(contextOf(await given({}))).toEqual({});
    const context = { Execution: { Id: 'i', Input: {} }, State: { RetryCount: 1 }, StateMachine: {} };
    expect(contextOf(await given(context))).toEqual(context);
  });

  it.each([
    [{ Map: {} }, "'Map' field is not supported when mocking a Context object"],
    [{ Pokedex: 1 }, "Field 'Pokedex' is not allowed"],
    [{ State: { Colour: 1 } }, "Field 'Colour' is not allowed"],
    [{ Execution: { Id: 1 } }, 'Execution.Id must be a string'],
    [
      { Task: { Token: 't' } },
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    ],
  ])('is refused as %j', async (context, message) => {
    await expect(given(context)).rejects.toThrow(new TestStateError(`Invalid Context object provided: ${message}`));
  });

  it('is refused without a mock', async () => {
    await expect(test(invoke, { context: '{}' })).rejects.toThrow('only together with a mock');
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
});
