import { type Behaviour, FUNCTION_ARN, only, run, skeleton, start, world } from './support/run';

const invoke = (more: object = {}): object =>
  only({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'adder', 'Payload.$': '$' },
    ...more,
  });

const callback = (more: object = {}): object => ({
  QueryLanguage: 'JSONata',
  ...only({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: {
      FunctionName: 'caller',
      Payload: { token: '{% $states.context.Task.Token %}', attempt: '{% $states.context.State.RetryCount %}' },
    },
    ...more,
  }),
});

const submits: Behaviour = (listener) => listener.submitted({ StatusCode: 200 });

describe('Task', () => {
  it('of a service integration leaves Task events with what it sent and got', async () => {
    const execution = await run(
      invoke(),
      { n: 1 },
      world((listener) => listener.succeeded({ Payload: 8 })),
    );
    expect(skeleton(execution.history)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSucceeded',
      '6<5 TaskStateExited',
      '7<6 ExecutionSucceeded',
    ]);
    expect(execution.history[2]?.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'eu-west-1',
      parameters: '{"FunctionName":"adder","Payload":{"n":1}}',
    });
    expect(execution.history[4]?.taskSucceededEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      output: '{"Payload":8}',
      outputDetails: { truncated: false },
    });
  });

  it('of a bare function ARN leaves LambdaFunction events', async () => {
    const execution = await run(
      only({ Type: 'Task', Resource: FUNCTION_ARN, TimeoutSeconds: 5 }),
      { n: 1 },
      world((listener) => listener.succeeded(8)),
    );
    expect(execution.history.slice(2, 5)).toMatchObject([
      {
        type: 'LambdaFunctionScheduled',
        lambdaFunctionScheduledEventDetails: { resource: FUNCTION_ARN, input: '{"n":1}', timeoutInSeconds: 5 },
      },
      { type: 'LambdaFunctionStarted' },
      { type: 'LambdaFunctionSucceeded', lambdaFunctionSucceededEventDetails: { output: '8' } },
    ]);
    expect(execution.output).toBe('8');
  });

  it('fails the execution with the error and cause of the task', async () => {
    const execution = await run(
      invoke(),
      {},
      world((listener) => listener.failed('Oops', 'why')),
    );
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Oops', cause: 'why' });
    expect(execution.history.at(-2)).toMatchObject({
      type: 'TaskFailed',
      taskFailedEventDetails: { error: 'Oops', cause: 'why' },
    });
  });

  it('that cannot be started leaves TaskStartFailed', async () => {
    const execution = await run(
      invoke(),
      {},
      world((listener) => listener.startFailed('States.Runtime', 'no')),
    );
    expect(execution.history.slice(2).map(({ type }) => type)).toEqual([
      'TaskScheduled',
      'TaskStartFailed',
      'ExecutionFailed',
    ]);
  });

  it('whose .sync request is refused leaves TaskSubmitFailed', async () => {
    const nested = only({
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: 'x' },
    });
    const execution = await run(
      nested,
      {},
      world((listener) => listener.submitFailed('StepFunctions.Nope', 'no')),
    );
    expect(execution.history.slice(2).map(({ type }) => type)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitFailed',
      'ExecutionFailed',
    ]);
    expect(execution.history[2]?.taskScheduledEventDetails?.resource).toBe('startExecution.sync:2');
  });

  it('ignores late and repeated reports', async () => {
    const execution = await run(
      invoke(),
      {},
      world((listener) => {
        listener.succeeded(1);
        listener.succeeded(2);
        listener.failed('Late', '');
      }),
    );
    expect(execution.output).toBe('1');
    expect(
      execution.history.filter(({ type }) => type.startsWith('TaskSucceeded') || type === 'TaskFailed'),
    ).toHaveLength(1);
  });

  it('ignores a submission that is repeated, or that its pattern does not know', async () => {
    const twice = await run(
      callback({ TimeoutSeconds: 1 }),
      {},
      world((listener) => {
        listener.submitted(1);
        listener.submitted(2);
      }),
    );
    expect(twice.history.filter(({ type }) => type === 'TaskSubmitted')).toHaveLength(1);
    const never = await run(invoke({ TimeoutSeconds: 1 }), {}, world(submits));
    expect(never.history.map(({ type }) => type)).not.toContain('TaskSubmitted');
  });

  it.each([
    ['lambda:invoke', { FunctionName: 'f', Payload: 1 }, 'Payload', 'STRING'],
    ['lambda:invoke', { FunctionName: 'f', Payload: true }, 'Payload', 'STRING'],
    ['lambda:invoke.waitForTaskToken', { FunctionName: 5 }, 'FunctionName', 'STRING'],
    ['sqs:sendMessage', { QueueUrl: 'q', MessageBody: 1 }, 'MessageBody', 'STRING'],
    ['dynamodb:putItem', { TableName: 't', Item: { id: { S: 5 } } }, 'S', 'STRING'],
    ['dynamodb:putItem', { TableName: 't', Item: { m: { M: { l: { L: [{ N: 5 }] } } } } }, 'N', 'STRING'],
    [
      'dynamodb:updateItem',
      { TableName: 't', Key: { id: 'a' }, ExpressionAttributeValues: { ':b': { BOOL: 'true' } } },
      'BOOL',
      'BOOLEAN',
    ],
    ['dynamodb:deleteItem', { TableName: 't', Key: { id: { SS: [1] } } }, 'SS', 'STRING'],
  ])('cannot be started: %s with %j', async (integration, given, field, type) => {
    const place = world();
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
    const Resource = `arn:aws:states:::${integration}`;
    const task = { Type: 'Task', Resource, Parameters: given, Catch, End: true };
    const States = { S: task, Caught: { Type: 'Succeed' } };

    const execution = await run({ StartAt: 'S', States }, {}, place);

    expect(execution).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'S' (entered at the event id #2). The Parameters '${JSON.stringify(given)}' could not be used to start the Task: [The value for the field '${field}' must be a ${type}]`,
    });
    expect(execution.history.map((event) => event.type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ExecutionFailed',
    ]);
    expect(place.requests).toEqual([]);
  });

  it.each([null, 'text', [1], { a: 1 }])('takes %j as the payload of a function', async (Payload) => {
    const place = world((listener) => listener.succeeded(null));
    await run(invoke({ Parameters: { FunctionName: 'f', Payload } }), {}, place);
    expect(place.requests).toMatchObject([{ arguments: { Payload } }]);
  });

  it('fails with States.DataLimitExceeded before it is run when its parameters are too large', async () => {
    const place = world();
    const execution = await run(
      invoke({ Parameters: { 'Payload.$': 'States.Array($, $)' } }),
      'x'.repeat(150_000),
      place,
    );
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(place.requests).toEqual([]);
  });

  it.each([
    [FUNCTION_ARN, FUNCTION_ARN],
    ['arn:aws:states:::lambda:invoke', 'lambda'],
    ['arn:aws:states:::aws-sdk:s3:getObject', 'aws-sdk:s3'],
  ])(
    'fails with States.DataLimitExceeded, which States.ALL catches, when %s gives too large a result',
    async (Resource, who) => {
      const large = 'x'.repeat(262_145);
      const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
      const States = { S: { Type: 'Task', Resource, Catch, End: true }, Caught: { Type: 'Succeed' } };
      const place = world((listener) => listener.succeeded(large));

      const execution = await run({ StartAt: 'S', States }, {}, place);

      expect(JSON.parse(execution.output ?? '')).toEqual({
        Error: 'States.DataLimitExceeded',
        Cause: `The state/task '${who}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      });
    },
  );

  it('fails with States.DataLimitExceeded, which is no failure of the task', async () => {
    const Catch = [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }];
    const task = { Type: 'Task', Resource: FUNCTION_ARN, Catch, End: true };
    const place = world((listener) => listener.succeeded('x'.repeat(262_145)));

    const execution = await run({ StartAt: 'S', States: { S: task, Caught: { Type: 'Succeed' } } }, {}, place);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('passes the role of Credentials on', async () => {
    const place = world((listener) => listener.succeeded(null));
    const execution = await run(
      invoke({ Credentials: { 'RoleArn.$': '$.role' } }),
      { role: 'arn:aws:iam::1:role/r' },
      place,
    );
    expect(place.requests[0]?.credentialsRoleArn).toBe('arn:aws:iam::1:role/r');
    expect(execution.history[2]?.taskScheduledEventDetails?.taskCredentials).toEqual({
      roleArn: 'arn:aws:iam::1:role/r',
    });
  });
});

describe('Task waiting for a callback', () => {
  it('goes on with the output of SendTaskSuccess', async () => {
    const place = world(submits);
    const opened: string[] = [];
    const closed: string[] = [];
    const execution = start(callback(), {}, place, {
      onTaskOpened: (token) => opened.push(token),
      onTaskClosed: (token) => closed.push(token),
    });
    await place.clock.runUntilIdle();
    expect(opened).toEqual(['token-1']);
    expect(closed).toEqual([]);
    expect(place.requests[0]?.arguments).toMatchObject({ Payload: { token: 'token-1', attempt: 0 } });
    expect(execution.succeedTask('token-1', '{"done": true}')).toBe('delivered');
    expect(closed).toEqual(['token-1']);
    expect(execution.output).toBe('{"done":true}');
    expect(execution.history.slice(2, 6).map(({ type }) => type)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
    ]);
    expect(place.cancelled).toEqual([]);
  });

  it('takes a callback that overtakes the answer of the request', async () => {
    const place = world();
    const execution = start(callback(), {}, place);
    expect(execution.succeedTask('token-1', '1')).toBe('delivered');
    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.history.map(({ type }) => type)).not.toContain('TaskSubmitted');
  });

  it('tells a closed token from one that never was', async () => {
    const place = world(submits);
    const execution = start(callback(), {}, place);
    expect(execution.succeedTask('token-9', '1')).toBe('unknown');
    expect(execution.succeedTask('token-1', '1')).toBe('delivered');
    expect(execution.succeedTask('token-1', '2')).toBe('closed');
    expect(execution.heartbeatTask('token-1')).toBe('closed');
    expect(execution.output).toBe('1');
  });

  it('refuses an output that is not JSON and leaves the task open', () => {
    const execution = start(callback(), {}, world(submits));
    expect(() => execution.succeedTask('token-1', 'nope')).toThrow('The output is not valid JSON');
    expect(execution.succeedTask('token-1', '1')).toBe('delivered');
  });

  it('fails without an error or a cause when SendTaskFailure names none', () => {
    const execution = start(callback(), {}, world(submits));
    expect(execution.failTask('token-1')).toBe('delivered');
    expect(execution.history.at(-2)).toMatchObject({
      taskFailedEventDetails: { resourceType: 'lambda', resource: 'invoke.waitForTaskToken' },
    });
    expect(execution.history.at(-1)?.executionFailedEventDetails).toEqual({});
  });

  it('mints a new token for a retry and closes the old one', async () => {
    const place = world(submits);
    const execution = start(callback({ Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 3 }] }), {}, place);
    execution.failTask('token-1', 'Again', '');
    await place.clock.advance(2_999);
    expect(place.requests).toHaveLength(1);
    await place.clock.advance(1);
    expect(place.requests[1]).toMatchObject({
      taskToken: 'token-2',
      arguments: { Payload: { token: 'token-2', attempt: 1 } },
    });
    expect(execution.succeedTask('token-1', '1')).toBe('closed');
    expect(execution.succeedTask('token-2', '2')).toBe('delivered');
    expect(execution.output).toBe('2');
  });

  it('completes a .sync task that reads its token', () => {
    const nested = only({
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync',
      Parameters: { Input: { 'token.$': '$$.Task.Token' } },
    });
    const execution = start(nested, {}, world(submits));
    expect(execution.succeedTask('token-1', '"by hand"')).toBe('delivered');
    expect(execution.output).toBe('"by hand"');
  });
});

describe('limits of a Task', () => {
  const YEAR_SECONDS = 365 * 86_400;

  it('times out after a year, in no time', async () => {
    const place = world(submits);
    const execution = start(
      callback({ TimeoutSeconds: '{% $states.input.seconds %}' }),
      { seconds: YEAR_SECONDS },
      place,
    );
    await place.clock.advance(YEAR_SECONDS * 1000 - 1);
    expect(execution.status).toBe('RUNNING');
    await place.clock.advance(1);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(execution.history[2]?.taskScheduledEventDetails?.timeoutInSeconds).toBe(YEAR_SECONDS);
    expect(execution.history.at(-2)).toMatchObject({
      type: 'TaskTimedOut',
      taskTimedOutEventDetails: { error: 'States.Timeout' },
    });
    expect(execution.succeedTask('token-1', '1')).toBe('closed');
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('lives on while heartbeats come, up to its timeout', async () => {
    const place = world(submits);
    const execution = start(callback({ TimeoutSeconds: 100, HeartbeatSeconds: 30 }), {}, place);
    for (let beat = 0; beat < 4; beat += 1) {
      await place.clock.advance(24_000);
      expect(execution.heartbeatTask('token-1')).toBe('delivered');
    }
    expect(execution.status).toBe('RUNNING');
    await place.clock.advance(4_000);
    expect(execution.error).toBe('States.Timeout');
    expect(place.clock.now()).toBe(Date.parse('2026-01-01T00:01:40.000Z'));
  });

  it('ends when a heartbeat is missing, and can be caught by that name', async () => {
    const definition = {
      StartAt: 'S',
      States: {
        S: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          HeartbeatSecondsPath: '$.beat',
          TimeoutSecondsPath: '$.limit',
          Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], ResultPath: '$.caught', Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      },
    };
    const execution = await run(definition, { beat: 10, limit: 60 }, world(submits));
    expect(JSON.parse(execution.output ?? '')).toMatchObject({ caught: { Error: 'States.Timeout', Cause: '' } });
    expect(execution.history[2]?.taskScheduledEventDetails).toMatchObject({
      timeoutInSeconds: 60,
      heartbeatInSeconds: 10,
    });
  });

  it('cancels a task that timed out', async () => {
    const place = world();
    await run(invoke({ TimeoutSeconds: 5 }), {}, place);
    expect(place.cancelled).toEqual([0]);
  });
});
