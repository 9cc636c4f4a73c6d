import { InvalidDefinitionError, testState } from '../src';

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
        variables: '{}',
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

  it('sets variables and the context object', async () => {
    const state = {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: '{% $v & $states.context.Execution.Name %}',
      End: true,
    };
    const result = await test(state, { variables: '{"v":"a"}', context: '{"Execution":{"Name":"b"}}' });
    expect(result.output).toBe('"ab"');
  });

  it('takes a mocked result for a Map', async () => {
    const map = {
      Type: 'Map',
      ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Succeed' } } },
      ResultPath: '$.all',
      End: true,
    };
    expect((await test(map, { mock: { result: '[1]' } })).output).toBe('{"all":[1]}');
  });

  it('tests one state of a whole machine', async () => {
    const machine = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Output: '{% 1 + 1 %}', End: true } },
    };
    expect((await test(machine, { stateName: 'B' })).output).toBe('2');
  });

  it('fails a state that fails', async () => {
    expect(await test({ Type: 'Fail', Error: 'E', Cause: 'C' })).toEqual({ status: 'FAILED', error: 'E', cause: 'C' });
  });

  it('refuses what is not valid or not supported', async () => {
    await expect(test({ Type: 'Pass' })).rejects.toThrow(InvalidDefinitionError);
    await expect(test({ Type: 'Succeed' }, { input: 'x' })).rejects.toThrow('The input is not valid JSON');
    await expect(test({ Type: 'Succeed' }, { stateConfiguration: { mapIterationFailureCount: 1 } })).rejects.toThrow(
      'is not supported',
    );
  });
});
