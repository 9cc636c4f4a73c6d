import { Execution, type HistoryEvent, parseDefinition } from '../src';
import { CONTEXT, FUNCTION_ARN, failureOf, only, outputOf, run, START_MS, skeleton, start, world } from './support/run';

describe('Wait', () => {
  const waited = async (state: object, input = {}): Promise<number> => {
    const { history } = await run(only({ Type: 'Wait', ...state }), input);
    return ((history.at(-1)?.timestamp ?? 0) - START_MS) / 1000;
  };

  it.each([
    [{ Seconds: 5 }, 5],
    [{ SecondsPath: '$.seconds' }, 7],
    [{ Timestamp: '2026-01-01T00:00:09Z' }, 9],
    [{ TimestampPath: '$.until' }, 11],
    [{ QueryLanguage: 'JSONata', Seconds: '{% $states.input.seconds %}' }, 7],
    [{ QueryLanguage: 'JSONata', Timestamp: '{% $states.input.until %}' }, 11],
    [{ Timestamp: '2020-01-01T00:00:00Z' }, 0],
  ])('%j lasts %d seconds', async (state, seconds) => {
    expect(await waited(state, { seconds: 7, until: '2026-01-01T01:00:11.000000001+01:00' })).toBe(seconds);
  });

  it.each([
    [{ SecondsPath: '$.x' }, { x: -1 }, 'The SecondsPath parameter references a negative value: $.x == -1'],
    [{ SecondsPath: '$.x' }, { x: 1.5 }, 'The SecondsPath parameter cannot be parsed as a long value: $.x == 1.5'],
    [{ SecondsPath: '$.x' }, {}, 'The SecondsPath parameter does not reference an input value: $.x'],
    [
      { TimestampPath: '$.x' },
      { x: '2026-01-01 00:00:00Z' },
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.x == 2026-01-01 00:00:00Z',
    ],
  ])('%j of %j fails', async (state, input, message) => {
    expect(await failureOf({ Type: 'Wait', ...state }, input)).toContain(message);
  });
});

describe('waitTimeScale of the host', () => {
  const secondsWith = async (waitTimeScale: number, state: object): Promise<number> => {
    const place = world((listener) => listener.failed('Oops', ''));
    const { history } = await run(only(state), {}, { ...place, host: { ...place.host, waitTimeScale } });
    return ((history.at(-1)?.timestamp ?? 0) - START_MS) / 1000;
  };
  const endless = 'arn:aws:states:::lambda:invoke.waitForTaskToken';

  it.each([
    ['a Wait state', { Type: 'Wait', Seconds: 60 }],
    ['a Wait state with a time', { Type: 'Wait', Timestamp: '2026-01-01T00:01:00Z' }],
    [
      'the delay of a retry',
      { Type: 'Task', Resource: FUNCTION_ARN, Retry: [{ ErrorEquals: ['Oops'], IntervalSeconds: 60, MaxAttempts: 1 }] },
    ],
  ])('scales %s', async (_, state) => {
    expect(await secondsWith(0.1, state)).toBe(6);
    expect(await secondsWith(0, state)).toBe(0);
  });

  it('leaves timeouts as they are', async () => {
    const place = world();
    const Parameters = { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token' } };
    const execution = await run(
      only({ Type: 'Task', Resource: endless, Parameters, TimeoutSeconds: 60 }),
      {},
      {
        ...place,
        host: { ...place.host, waitTimeScale: 0 },
      },
    );

    expect([execution.status, place.clock.now() - START_MS]).toEqual(['FAILED', 60_000]);
  });
});

describe('Succeed and Fail', () => {
  it('takes the error and cause from the input', async () => {
    expect(
      await failureOf({ Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('{}!', $.c)" }, { e: 'E', c: 'C' }),
    ).toBe('E: C!');
    expect(
      await failureOf(
        { Type: 'Fail', QueryLanguage: 'JSONata', Error: '{% $states.input.e %}', Cause: 'C' },
        { e: 'E' },
      ),
    ).toBe('E: C');
  });

  it('shapes the output of Succeed', async () => {
    expect(await outputOf({ Type: 'Succeed', InputPath: '$.a', OutputPath: '$.b' }, { a: { b: 1 } })).toBe(1);
    expect(
      await outputOf({ Type: 'Succeed', QueryLanguage: 'JSONata', Output: '{% $states.input.a %}' }, { a: 2 }),
    ).toBe(2);
  });
});

describe('Execution', () => {
  const waiting = only({ Type: 'Wait', Seconds: 60 });

  it('tells each event as it happens, and the end once', async () => {
    const events: HistoryEvent[] = [];
    let ends = 0;
    const place = world();
    const execution = start(waiting, {}, place, { onEvent: (event) => events.push(event), onEnd: () => (ends += 1) });
    expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'WaitStateEntered']);
    await place.clock.runUntilIdle();
    await execution.ended();
    expect(events).toEqual(execution.history);
    expect(ends).toBe(1);
    expect(execution.stopDateMs).toBe(START_MS + 60_000);
  });

  it('stops at once, keeping the reason', async () => {
    const place = world();
    const execution = start(waiting, {}, place);
    execution.stop('Enough', 'of this');
    execution.stop('Twice');
    expect(execution).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'of this' });
    expect(skeleton(execution.history)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 WaitStateEntered',
      '3<0 ExecutionAborted',
    ]);
    expect(execution.history[2]?.executionAbortedEventDetails).toEqual({ error: 'Enough', cause: 'of this' });
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('cancels the task it waits for when it is stopped, and closes its token', () => {
    const place = world();
    const execution = start(
      only({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }),
      {},
      place,
    );
    execution.stop();
    expect(place.cancelled).toEqual([0]);
    expect(execution.succeedTask('token-1', '1')).toBe('closed');
  });

  it('times out as a whole', async () => {
    const execution = await run({ ...waiting, TimeoutSeconds: 10 });
    expect(execution.status).toBe('TIMED_OUT');
    expect(execution.error).toBeUndefined();
    expect(execution.history.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      timestamp: START_MS + 10_000,
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  it('ends after a year at the latest', async () => {
    const year = { Type: 'Wait', Seconds: 31_536_000 };
    const States = { A: { ...year, Next: 'B' }, B: { ...year, End: true } };
    const execution = await run({ StartAt: 'A', States });
    expect(execution).toMatchObject({ status: 'TIMED_OUT', stopDateMs: START_MS + 31_536_000_000 });
    expect(execution.history.slice(-2).map(({ type }) => type)).toEqual(['WaitStateEntered', 'ExecutionTimedOut']);
  });

  it('fails at once when it would wait for 2^31 seconds or more', async () => {
    const until = (seconds: number) => ({ t: new Date(START_MS + seconds * 1000).toISOString() });
    const definition = only({ Type: 'Wait', TimestampPath: '$.t' });
    expect(await run(definition, until(2 ** 31))).toMatchObject({
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'S' (entered at the event id #2). Wait state delay is too long.",
      stopDateMs: START_MS,
    });
    expect(await run(definition, until(2 ** 31 - 1))).toMatchObject({ status: 'TIMED_OUT' });
  });

  it('of an Express state machine ends after five minutes at the latest', async () => {
    const place = world();
    const execution = start(only({ Type: 'Wait', Seconds: 600 }), {}, place, { type: 'EXPRESS' });
    await place.clock.runUntilIdle();
    expect(execution).toMatchObject({ status: 'TIMED_OUT', stopDateMs: START_MS + 300_000 });
  });

  it('fails when its history is full', async () => {
    const never = { Variable: '$.end', IsPresent: true, Next: 'C' };
    const states = {
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: [never], Default: 'A' },
      C: { Type: 'Succeed' },
    };
    const loop = { StartAt: 'A', States: states };
    const execution = await run(loop);
    expect(execution.history).toHaveLength(25_000);
    expect(execution.history.at(-1)?.type).toBe('ExecutionFailed');
    expect(execution.cause).toBe('The execution reached the maximum number of history events (25000).');
  });

  it('fails when a state hands on too much', async () => {
    const doubling = only({ Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' } });
    expect((await run(doubling, 'x'.repeat(200_000))).error).toBe('States.DataLimitExceeded');
  });

  it.each([
    ['not json', 'The input is not valid JSON'],
    [JSON.stringify('x'.repeat(262_144)), 'The input is larger than 262144 bytes'],
    [JSON.stringify('é'.repeat(131_072)), 'The input is larger than 262144 bytes'],
  ])('refuses an input', (input, message) => {
    const program = parseDefinition(JSON.stringify(waiting));
    expect(() => new Execution({ program, input, host: world().host, context: CONTEXT })).toThrow(message);
  });

  it('shows the input exactly as it was given', () => {
    const program = parseDefinition(JSON.stringify(waiting));
    const execution = new Execution({ program, input: '{ "a":  1.0 }', host: world().host, context: CONTEXT });
    execution.start();
    expect(execution.history[0]?.executionStartedEventDetails?.input).toBe('{ "a":  1.0 }');
    expect(execution.history[1]?.stateEnteredEventDetails?.input).toBe('{ "a":  1.0 }');
  });
});

describe('redrive', () => {
  const definition = {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'A', States: { A: { Type: 'Task', Resource: FUNCTION_ARN, End: true } } },
          { StartAt: 'B', States: { B: { Type: 'Pass', Result: 'kept', End: true } } },
        ],
        End: true,
      },
    },
  };

  it('runs again only what did not succeed', async () => {
    const place = world((listener, _request, attempt) =>
      attempt === 0 ? listener.failed('Oops', '') : listener.succeeded('well'),
    );
    const execution = await run(definition, {}, place);
    expect(execution.status).toBe('FAILED');
    const before = execution.history.length;
    execution.redrive();
    await place.clock.runUntilIdle();
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '["well","kept"]', redriveCount: 1 });
    expect(execution.history.slice(before).map(({ type }) => type)).toEqual([
      'ExecutionRedriven',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('tells the state how often it was redriven', async () => {
    const place = world((listener, _request, attempt) =>
      attempt === 0 ? listener.failed('Oops', '') : listener.succeeded(0),
    );
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { 'count.$': '$$.Execution.RedriveCount' },
    };
    const execution = await run(only(state), {}, place);
    execution.redrive();
    await place.clock.runUntilIdle();
    expect(place.requests.map((request) => request.arguments)).toEqual([{ count: 0 }, { count: 1 }]);
  });

  it('is refused while the execution runs, and once it has succeeded', async () => {
    const place = world();
    const execution = start(only({ Type: 'Wait', Seconds: 1 }), {}, place);
    expect(() => execution.redrive()).toThrow('Execution is RUNNING and cannot be redriven');
    await place.clock.runUntilIdle();
    expect(() => execution.redrive()).toThrow('Execution is SUCCEEDED and cannot be redriven');
  });
});
