import type { JsonValue } from '../src';
import { FUNCTION_ARN, run, skeleton, start, world } from './support/run';

const pass = (more: object = {}): object => ({ Type: 'Pass', End: true, ...more });
const branch = (name: string, state: object): object => ({ StartAt: name, States: { [name]: state } });
const parallel = (branches: object[], more: object = {}): object => ({
  StartAt: 'P',
  States: { P: { Type: 'Parallel', Branches: branches, End: true, ...more } },
});
const map = (processor: object, more: object = {}): object => ({
  StartAt: 'M',
  States: {
    M: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...processor }, End: true, ...more },
  },
});
const fail = { Type: 'Fail', Error: 'Oops', Cause: 'why' };
const task = (more: object = {}): object => ({ Type: 'Task', Resource: FUNCTION_ARN, End: true, ...more });

describe('Parallel', () => {
  it('gives the outputs in the order of its branches, whichever ends first', async () => {
    const definition = parallel([
      branch('Slow', { Type: 'Wait', Seconds: 5, End: true }),
      branch('Quick', pass({ Result: 'quick' })),
    ]);
    const execution = await run(definition, 'slow');
    expect(execution.output).toBe('["slow","quick"]');
  });

  it('fails once more when its Catch cannot be evaluated', async () => {
    const caught = { ErrorEquals: ['States.ALL'], Output: '{% $states.input.missing %}', Next: 'P' };
    const definition = { QueryLanguage: 'JSONata', ...parallel([branch('Boom', fail)], { Catch: [caught] }) };
    const execution = await run(definition, { x: 1 });
    expect(skeleton(execution.history).slice(3)).toEqual([
      '4<3 FailStateEntered',
      '5<4 ParallelStateFailed',
      '6<4 EvaluationFailed',
      '7<6 ParallelStateFailed',
      '8<7 ExecutionFailed',
    ]);
    expect(execution.error).toBe('States.QueryEvaluationError');
  });

  it('ends with its success as the predecessor when a path into its result leads nowhere', async () => {
    const execution = await run(parallel([branch('A', pass())], { ResultSelector: { 'v.$': '$.missing' } }));
    expect(skeleton(execution.history).slice(3)).toEqual([
      '4<3 PassStateEntered',
      '5<4 PassStateExited',
      '6<5 ParallelStateSucceeded',
      '7<6 ExecutionFailed',
    ]);
  });

  it('chains the events of each branch, and its own to the branch that ended last', async () => {
    const execution = await run(parallel([branch('A', pass()), branch('B', pass())]));
    expect(skeleton(execution.history)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 PassStateEntered',
      '5<4 PassStateExited',
      '6<3 PassStateEntered',
      '7<6 PassStateExited',
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 ExecutionSucceeded',
    ]);
  });

  it('aborts what still runs when a branch fails', async () => {
    const place = world((listener, _request, attempt) => (attempt === 1 ? listener.failed('Oops', 'why') : undefined));
    const execution = await run(
      parallel([branch('A', task()), branch('B', task()), branch('C', { Type: 'Wait', Seconds: 9, End: true })]),
      {},
      place,
    );
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Oops', cause: 'why' });
    expect(skeleton(execution.history).slice(-6)).toEqual([
      '10<9 LambdaFunctionFailed',
      '11<10 TaskStateAborted',
      '12<10 TaskStateAborted',
      '13<10 WaitStateAborted',
      '14<10 ParallelStateFailed',
      '15<14 ExecutionFailed',
    ]);
    expect(place.cancelled).toEqual([0]);
    expect(place.clock.pendingTimers).toBe(0);
  });

  it('aborts what a failed branch held only once', async () => {
    const wait = { Type: 'Wait', Seconds: 9, End: true };
    const Branches = [branch('F', fail), branch('W', wait)];
    const execution = await run(parallel([branch('I', { Type: 'Parallel', Branches, End: true }), branch('V', wait)]));
    expect(skeleton(execution.history).slice(6)).toEqual([
      '7<5 FailStateEntered',
      '8<5 WaitStateEntered',
      '9<7 WaitStateAborted',
      '10<7 ParallelStateFailed',
      '11<10 ParallelStateAborted',
      '12<10 WaitStateAborted',
      '13<10 ParallelStateFailed',
      '14<13 ExecutionFailed',
    ]);
  });

  it('retries all of its branches', async () => {
    const place = world((listener, _request, attempt) =>
      attempt === 0 ? listener.failed('Oops', '') : listener.succeeded(attempt),
    );
    const execution = await run(parallel([branch('A', task())], { Retry: [{ ErrorEquals: ['Oops'] }] }), {}, place);
    expect(execution.output).toBe('[1]');
    expect(execution.history.filter(({ type }) => type === 'ParallelStateStarted')).toHaveLength(2);
    expect(execution.history.map(({ type }) => type)).not.toContain('ParallelStateFailed');
  });

  it('can be caught', async () => {
    const Catch = [{ ErrorEquals: ['Oops'], Next: 'C' }];
    const definition = {
      StartAt: 'P',
      States: {
        P: { Type: 'Parallel', Branches: [branch('A', fail)], Catch, End: true },
        C: { Type: 'Succeed' },
      },
    };
    const execution = await run(definition);
    expect(skeleton(execution.history).slice(3, 6)).toEqual([
      '4<3 FailStateEntered',
      '5<4 ParallelStateFailed',
      '6<5 ParallelStateExited',
    ]);
  });
});

describe('events of failures after the branches', () => {
  const events = async (definition: object): Promise<string[]> =>
    (await run(definition, [1])).history
      .slice(3)
      .map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
  const boom = { StartAt: 'Boom', States: { Boom: { Type: 'Fail', Error: 'E', Cause: 'c' } } };
  const Catch = [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input.missing %}', Next: 'Done' }];
  const caught = (state: object) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'S',
    States: { S: { ...state, Catch, End: true }, Done: { Type: 'Pass', End: true } },
  });
  const selecting = (state: object) => ({
    StartAt: 'S',
    States: { S: { ...state, ResultSelector: { 'a.$': '$.no' }, End: true } },
  });

  it('let a Parallel fail once more when what catches its error fails', async () => {
    expect(await events(caught({ Type: 'Parallel', Branches: [boom] }))).toEqual([
      '4<3 FailStateEntered',
      '5<4 ParallelStateFailed',
      '6<4 EvaluationFailed',
      '7<6 ParallelStateFailed',
      '8<7 ExecutionFailed',
    ]);
  });

  it('let a Map fail once more when what catches its error fails', async () => {
    expect((await events(caught({ Type: 'Map', ItemProcessor: boom }))).slice(2)).toEqual([
      '6<5 MapIterationFailed',
      '7<5 MapStateFailed',
      '8<5 EvaluationFailed',
      '9<8 MapStateFailed',
      '10<9 ExecutionFailed',
    ]);
  });

  it.each([
    ['ParallelStateSucceeded', { Type: 'Parallel', Branches: [branch('I', pass())] }],
    ['MapStateSucceeded', { Type: 'Map', ItemProcessor: branch('I', pass()) }],
  ])('follow %s when the result does not fit the fields of the state', async (type, state) => {
    const [result, failed] = (await events(selecting(state))).slice(-2);
    expect(result).toContain(type);
    expect(failed).toBe(`${Number(result?.split('<')[0]) + 1}<${result?.split('<')[0]} ExecutionFailed`);
  });
});

describe('Map', () => {
  it('runs one iteration after the other with MaxConcurrency 1', async () => {
    const execution = await run(map(branch('I', pass()), { MaxConcurrency: 1 }), ['a', 'b']);
    expect(skeleton(execution.history).slice(1, -1)).toEqual([
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
    ]);
  });

  it('starts as many iterations at once as MaxConcurrency allows', async () => {
    const place = world();
    start(
      map(branch('I', task()), { MaxConcurrencyPath: '$.max', ItemsPath: '$.items' }),
      { max: 3, items: [1, 2, 3, 4, 5] },
      place,
    );
    expect(place.requests.map((request) => request.arguments)).toEqual([1, 2, 3]);
  });

  it('starts at most 40 iterations at once without MaxConcurrency', () => {
    const place = world();
    start(
      map(branch('I', task())),
      Array.from({ length: 50 }, (_, index) => index),
      place,
    );
    expect(place.requests).toHaveLength(40);
  });

  it('shapes items with ItemSelector, or Parameters as it was called first', async () => {
    const selector = { 'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'factor.$': '$.factor' };
    const input = { factor: 2, items: ['a', 'b'] };
    const expected = '[{"item":"a","index":0,"factor":2},{"item":"b","index":1,"factor":2}]';
    expect((await run(map(branch('I', pass()), { ItemsPath: '$.items', ItemSelector: selector }), input)).output).toBe(
      expected,
    );
    const old = {
      StartAt: 'M',
      States: {
        M: { Type: 'Map', ItemsPath: '$.items', Parameters: selector, Iterator: branch('I', pass()), End: true },
      },
    };
    expect((await run(old, input)).output).toBe(expected);
  });

  it('takes its items from a JSONata expression, and tells each its index', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      ...map(branch('I', pass({ Output: '{% $states.context.Map.Item.Index & ":" & $states.input %}' })), {
        Items: '{% $states.input.names %}',
      }),
    };
    expect((await run(definition, { names: ['x', 'y'] })).output).toBe('["0:x","1:y"]');
  });

  it('of no items succeeds with none', async () => {
    const execution = await run(map(branch('I', pass())), []);
    expect(execution.output).toBe('[]');
    expect(skeleton(execution.history).slice(2, 5)).toEqual([
      '3<2 MapStateStarted',
      '4<3 MapStateSucceeded',
      '5<3 MapStateExited',
    ]);
  });

  it('fails with its first failed iteration and aborts the others', async () => {
    const place = world((listener, _request, attempt) => (attempt === 1 ? listener.failed('Oops', 'why') : undefined));
    const execution = await run(map(branch('I', task())), [1, 2, 3], place);
    expect(execution.error).toBe('Oops');
    const failed = execution.history.find(({ type }) => type === 'LambdaFunctionFailed')?.id ?? 0;
    expect(skeleton(execution.history.slice(failed))).toEqual([
      `${failed + 1}<${failed} MapIterationFailed`,
      `${failed + 2}<${failed} TaskStateAborted`,
      `${failed + 3}<${failed} MapIterationAborted`,
      `${failed + 4}<${failed} TaskStateAborted`,
      `${failed + 5}<${failed} MapIterationAborted`,
      `${failed + 6}<${failed} TaskStateAborted`,
      `${failed + 7}<${failed} MapStateFailed`,
      `${failed + 8}<${failed + 7} ExecutionFailed`,
    ]);
    expect(place.cancelled).toEqual([0, 2]);
  });

  it('refuses items that are neither an array nor an object', async () => {
    expect((await run(map(branch('I', pass())), 7)).cause).toContain('must point to array');
    expect((await run({ QueryLanguage: 'JSONata', ...map(branch('I', pass())) }, 'text')).cause).toContain(
      'Map state input must be an array but was: "text"',
    );
  });

  it('refuses an object where AWS does: as the input of a JSONata state, and in the context object', async () => {
    expect((await run({ QueryLanguage: 'JSONata', ...map(branch('I', pass())) }, { a: 1 })).cause).toContain(
      'Map state input must be an array but was: {"a":1}',
    );
    expect((await run(map(branch('I', pass()), { ItemsPath: '$$.Execution.Input' }), { a: 1 })).cause).toContain(
      'Reference path "$.Execution.Input" must point to array.',
    );
  });

  const servers = { web: { port: 80 }, database: { port: 5432 } };
  const pairs = [
    { Key: 'web', Value: { port: 80 } },
    { Key: 'database', Value: { port: 5432 } },
  ];
  const processor = branch('I', pass());

  it.each<[string, object, JsonValue]>([
    ['its input', map(processor), servers],
    ['what ItemsPath finds', map(processor, { ItemsPath: '$.all' }), { all: servers }],
    ['literal Items', { QueryLanguage: 'JSONata', ...map(processor, { Items: servers }) }, {}],
    [
      'Items by expression',
      { QueryLanguage: 'JSONata', ...map(processor, { Items: '{% $states.input.all %}' }) },
      { all: servers },
    ],
  ])('runs once for each pair of an object that is %s', async (_what, definition, input) => {
    expect(JSON.parse((await run(definition, input)).output ?? '')).toEqual(pairs);
  });

  it('tells its selector about the item: its place, its key, its value, its source', async () => {
    const item = { 'item.$': '$$.Map.Item' };
    const execution = await run(map(branch('I', pass()), { ItemSelector: item }), servers);
    expect(JSON.parse(execution.output ?? '')).toEqual([
      { item: { Index: 0, Key: 'web', Value: { port: 80 }, Source: 'STATE_DATA' } },
      { item: { Index: 1, Key: 'database', Value: { port: 5432 }, Source: 'STATE_DATA' } },
    ]);
    const ofArray = await run(map(branch('I', pass()), { ItemSelector: item }), ['a']);
    expect(JSON.parse(ofArray.output ?? '')).toEqual([{ item: { Index: 0, Value: 'a', Source: 'STATE_DATA' } }]);
  });
});

describe('variables', () => {
  it('are read in inner scopes, where assignments stay inside', async () => {
    const inner = {
      StartAt: 'A',
      States: {
        A: pass({ Assign: { own: '{% $shared + 1 %}' }, Next: 'B', End: undefined }),
        B: pass({ Output: '{% $own %}' }),
      },
    };
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { shared: 1 }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [inner], Next: 'After' },
        After: pass({ Output: { inside: '{% $states.input[0] %}', outside: '{% $exists($own) %}' } }),
      },
    };
    expect((await run(definition)).output).toBe('{"inside":2,"outside":false}');
  });

  it('change only when the state that assigns them is done', async () => {
    const definition = {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { 'x.$': 'States.MathAdd($x, 1)', 'before.$': '$x' }, Next: 'C' },
        C: { Type: 'Pass', Parameters: { 'x.$': '$x', 'before.$': '$before' }, End: true },
      },
    };
    expect((await run(definition)).output).toBe('{"x":2,"before":1}');
  });
});
