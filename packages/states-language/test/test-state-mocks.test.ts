import { TestStateError } from '../src';
import { branch, map, parallel, task, test } from './support/tested-states';

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
