import { TestStateCommand, type TestStateCommandInput } from '@aws-sdk/client-sfn';
import { type Fixture, failure, ROLE_ARN, startFixture } from './fixture';

describe('TestState over the wire', () => {
  let fixture: Fixture;
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'f' },
    OutputPath: '$.Payload',
    Next: 'B',
  };
  const test = (state: object, more: Partial<TestStateCommandInput> = {}) =>
    fixture.client.send(new TestStateCommand({ definition: JSON.stringify(state), input: '{}', ...more }));

  beforeEach(async () => {
    fixture = await startFixture();
    fixture.functions.byName.set('f', () => 'real');
  });
  afterEach(() => fixture.close());

  it('runs a state with a mock, or with the real task', async () => {
    expect(await test(task, { mock: { result: '{"Payload":"mocked"}' } })).toMatchObject({
      status: 'SUCCEEDED',
      output: '"mocked"',
      nextState: 'B',
    });
    expect(await test(task, { roleArn: ROLE_ARN })).toMatchObject({ status: 'SUCCEEDED', output: '"real"' });
  });

  it('answers a failed task with its retry, in numbers', async () => {
    const Retry = [{ ErrorEquals: ['E'], IntervalSeconds: 3, BackoffRate: 2 }];
    const answer = await test(
      { ...task, Retry },
      {
        mock: { errorOutput: { error: 'E', cause: 'c' } },
        stateConfiguration: { retrierRetryCount: 1 },
        inspectionLevel: 'DEBUG',
      },
    );
    expect(answer).toMatchObject({ status: 'RETRIABLE', error: 'E', cause: 'c' });
    expect(answer.inspectionData?.errorDetails).toEqual({ retryIndex: 0, retryBackoffIntervalSeconds: 6 });
  });

  it.each<[string, object, Partial<TestStateCommandInput>, string, string]>([
    ['two mocks', task, { mock: { result: '{}', errorOutput: { error: 'E' } } }, 'ValidationException', 'only one of'],
    [
      'a mock that the API would not answer',
      task,
      { mock: { result: '{"StatusCode":"200"}' } },
      'ValidationException',
      "Mock result schema validation error: Field 'StatusCode' must be a number",
    ],
    ['a task without a role', task, {}, 'ValidationException', 'RoleArn must be specified when testing a Task state'],
    [
      'a mocked Pass',
      { Type: 'Pass', End: true },
      { mock: { result: '1' } },
      'ValidationException',
      "State type 'Pass'",
    ],
    [
      'a Map without a mock',
      { Type: 'Map', ItemProcessor: { StartAt: 'X', States: { X: { Type: 'Succeed' } } }, End: true },
      { roleArn: ROLE_ARN },
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states.',
    ],
    [
      'an unknown state',
      { StartAt: 'A', States: { A: { Type: 'Succeed' } } },
      { stateName: 'B' },
      'ValidationException',
      'State not found in definition',
    ],
  ])('refuses %s', async (_what, state, more, name, message) => {
    const refused = await failure(test(state, more));
    expect(refused).toMatchObject({ name, status: 400 });
    expect(refused.message).toContain(message);
  });

  it('takes what an item reader reads apart', async () => {
    const map = {
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
      ItemSelector: { 'n.$': '$$.Map.Item.Value.name' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'X',
        States: { X: { Type: 'Succeed' } },
      },
      End: true,
    };
    const { inspectionData } = await test(map, {
      mock: { result: '[]' },
      stateConfiguration: { mapItemReaderData: 'name\na\nb\n' },
      inspectionLevel: 'DEBUG',
    });
    expect(inspectionData?.afterItemSelector).toBe('[{"n":"a"},{"n":"b"}]');
  });

  it('refuses at once what would wait, and lets time go on for others', async () => {
    const callback = { ...task, Resource: `${task.Resource}.waitForTaskToken`, Parameters: { 'T.$': '$$.Task.Token' } };
    expect(await failure(test(callback, { roleArn: ROLE_ARN }))).toMatchObject({ name: 'ValidationException' });
    expect(await test({ Type: 'Wait', Seconds: 99_999, End: true })).toMatchObject({ status: 'SUCCEEDED' });
  });
});
