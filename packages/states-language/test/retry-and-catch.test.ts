import { FUNCTION_ARN, run, START_MS, skeleton, world } from './support/run';

function machine(more: object): object {
  return {
    StartAt: 'S',
    States: {
      S: { Type: 'Task', Resource: FUNCTION_ARN, Next: 'Done', ...more },
      Done: { Type: 'Succeed' },
      ...('Catch' in more ? { Caught: { Type: 'Succeed' } } : {}),
    },
  };
}

/** Seconds from the start at which each attempt was scheduled. */
async function attemptTimes(retrier: object, error = 'Oops'): Promise<number[]> {
  const place = world((listener) => listener.failed(error, ''));
  const definition = machine({
    Retry: [{ ErrorEquals: [error], ...retrier }],
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
  });
  const { history } = await run(definition, {}, place);
  return history
    .filter(({ type }) => type === 'LambdaFunctionScheduled')
    .map(({ timestamp }) => (timestamp - START_MS) / 1000);
}

describe('Retry', () => {
  it('tries three times more by default, after 1, 2 and 4 seconds', async () => {
    expect(await attemptTimes({})).toEqual([0, 1, 3, 7]);
  });

  it('follows IntervalSeconds, BackoffRate, MaxAttempts and MaxDelaySeconds', async () => {
    expect(await attemptTimes({ IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 10 })).toEqual([
      0, 2, 8, 18, 28,
    ]);
  });

  it('takes a random part of the delay for full jitter', async () => {
    expect(await attemptTimes({ JitterStrategy: 'FULL' })).toEqual([0, 0.5, 1.5, 3.5]);
  });

  it('does not retry with MaxAttempts 0', async () => {
    expect(await attemptTimes({ MaxAttempts: 0 })).toEqual([0]);
  });

  it('counts the attempts of each retrier by itself', async () => {
    const place = world((listener, _request, attempt) => listener.failed(attempt % 2 === 0 ? 'A' : 'B', ''));
    const Retry = [
      { ErrorEquals: ['A'], MaxAttempts: 1, IntervalSeconds: 1 },
      { ErrorEquals: ['B'], MaxAttempts: 1, IntervalSeconds: 5 },
    ];
    const { error } = await run(machine({ Retry }), {}, place);
    expect(place.requests).toHaveLength(3);
    expect(error).toBe('A');
  });

  it('goes on once an attempt succeeds', async () => {
    const place = world((listener, _request, attempt) =>
      attempt < 2 ? listener.failed('Oops', '') : listener.succeeded('well'),
    );
    const execution = await run(machine({ Retry: [{ ErrorEquals: ['States.TaskFailed'] }] }), {}, place);
    expect(execution.output).toBe('"well"');
    expect(skeleton(execution.history).slice(2, 9)).toEqual([
      '3<2 LambdaFunctionScheduled',
      '4<3 LambdaFunctionStarted',
      '5<4 LambdaFunctionFailed',
      '6<5 LambdaFunctionScheduled',
      '7<6 LambdaFunctionStarted',
      '8<7 LambdaFunctionFailed',
      '9<8 LambdaFunctionScheduled',
    ]);
  });
});

describe('Catch', () => {
  it.each([
    [['Oops'], true],
    [['States.TaskFailed'], true],
    [['States.ALL'], true],
    [['Other'], false],
    [['Other', 'Oops'], true],
  ])('of %j, an error Oops: %s', async (ErrorEquals, caught) => {
    const execution = await run(
      machine({ Catch: [{ ErrorEquals, Next: 'Caught' }] }),
      {},
      world((listener) => listener.failed('Oops', 'why')),
    );
    expect(execution.status).toBe(caught ? 'SUCCEEDED' : 'FAILED');
    expect(execution.output).toBe(caught ? '{"Error":"Oops","Cause":"why"}' : undefined);
  });

  it('of States.TaskFailed leaves timeouts alone, States.ALL takes them', async () => {
    const of = (name: string): object =>
      machine({ TimeoutSeconds: 1, Catch: [{ ErrorEquals: [name], Next: 'Caught' }] });
    expect((await run(of('States.TaskFailed'))).error).toBe('States.Timeout');
    expect((await run(of('States.ALL'))).status).toBe('SUCCEEDED');
  });

  it('puts the error into the raw input by ResultPath, and does not apply OutputPath', async () => {
    const definition = machine({
      OutputPath: '$.x',
      Catch: [{ ErrorEquals: ['Oops'], ResultPath: '$.error', Next: 'Caught' }],
    });
    const execution = await run(
      definition,
      { x: 1 },
      world((listener) => listener.failed('Oops', '')),
    );
    expect(execution.output).toBe('{"x":1,"error":{"Error":"Oops","Cause":""}}');
  });

  it('assigns variables from the error', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      ...machine({
        Catch: [
          {
            ErrorEquals: ['Oops'],
            Next: 'Caught',
            Assign: { what: '{% $states.errorOutput.Error %}' },
            Output: '{% $states.input %}',
          },
        ],
      }),
    };
    const execution = await run(
      definition,
      { x: 1 },
      world((listener) => listener.failed('Oops', '')),
    );
    const exited = execution.history.find(({ type }) => type === 'TaskStateExited');
    expect(exited?.stateExitedEventDetails).toMatchObject({ output: '{"x":1}', assignedVariables: { what: '"Oops"' } });
  });

  it('never sees a States.Runtime error', async () => {
    const definition = machine({
      Parameters: { 'x.$': '$.missing' },
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
    });
    const execution = await run(definition);
    expect(skeleton(execution.history)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 ExecutionFailed',
    ]);
  });
});
