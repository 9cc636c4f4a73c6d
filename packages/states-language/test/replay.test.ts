import { Execution, type ExecutionOptions, type JournalEntry, parseDefinition } from '../src';
import { CONTEXT, run, world } from './support/run';

const callback = {
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { Payload: '{% $states.context.Task.Token %}' },
      TimeoutSeconds: 100,
      Assign: { random: '{% $random() %}' },
      Next: 'Say',
    },
    Say: { Type: 'Succeed', Output: { said: '{% $states.input %}', random: '{% $random %}' } },
  },
};

function options(place = world((listener) => listener.submitted({}))): ExecutionOptions & { journal: JournalEntry[] } {
  const journal: JournalEntry[] = [];
  return {
    program: parseDefinition(JSON.stringify(callback)),
    input: '{}',
    host: place.host,
    context: CONTEXT,
    onJournal: (entry) => journal.push(JSON.parse(JSON.stringify(entry))),
    journal,
  };
}

describe('Execution.replay', () => {
  it('rebuilds a waiting execution that then takes its callback', async () => {
    const first = options();
    const original = new Execution(first);
    original.start();
    await new Promise(setImmediate);

    const place = world();
    const revived = await Execution.replay(options(place), first.journal);
    expect(revived.history).toEqual(original.history);
    expect(revived.status).toBe('RUNNING');
    expect(place.requests).toHaveLength(0);
    expect(revived.succeedTask('token-1', '"hello"')).toBe('delivered');
    await revived.ended();
    expect(revived.output).toBe('{"said":"hello","random":0.5}');
  });

  it('schedules what is still due', async () => {
    const first = options();
    new Execution(first).start();
    await new Promise(setImmediate);
    const place = world();
    const revived = await Execution.replay(options(place), first.journal);
    await place.clock.advance(100_000);
    expect(revived.error).toBe('States.Timeout');
  });

  it('hands a task that had no answer to the runner again', async () => {
    const first = options(world());
    new Execution(first).start();
    const place = world((listener) => listener.submitted({}));
    await Execution.replay(options(place), first.journal);
    expect(place.requests.map(({ taskToken }) => taskToken)).toEqual(['token-1']);
  });

  it('resumes a submitted .sync task instead of starting it twice', async () => {
    const nested = {
      StartAt: 'N',
      States: { N: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', End: true } },
    };
    const program = parseDefinition(JSON.stringify(nested));
    const first = { ...options(world((listener) => listener.submitted({ ExecutionArn: 'child' }))), program };
    new Execution(first).start();
    await new Promise(setImmediate);
    const place = world();
    const resumed: unknown[] = [];
    const tasks = {
      ...place.host.tasks,
      resume: (_request: unknown, submitted: unknown, listener: { succeeded(output: null): void }) => {
        resumed.push(submitted);
        queueMicrotask(() => listener.succeeded(null));
        return { cancel: () => undefined };
      },
    };
    const revived = await Execution.replay({ ...first, host: { ...place.host, tasks } }, first.journal);
    await revived.ended();
    expect(resumed).toEqual([{ ExecutionArn: 'child' }]);
    expect(place.requests).toHaveLength(0);
    expect(revived.status).toBe('SUCCEEDED');
  });

  it('happens at the instants of the original, however long ago they were', async () => {
    const first = options(world((listener) => listener.submitted({})));
    const original = new Execution(first);
    original.start();
    await new Promise(setImmediate);

    const place = world();
    await place.clock.advance(40_000);
    const revived = await Execution.replay(options(place), first.journal);
    expect(revived.history).toEqual(original.history);
    await place.clock.advance(60_000);
    expect(revived.error).toBe('States.Timeout');
  });

  it('tells nobody again what the journal holds, and everything that comes after it', async () => {
    const first = options();
    new Execution(first).start();
    await new Promise(setImmediate);
    const told: string[] = [];
    const revived = await Execution.replay(
      { ...options(world()), onEvent: ({ type }) => told.push(type), onEnd: () => told.push('end') },
      first.journal,
    );
    expect(told).toEqual([]);
    revived.succeedTask('token-1', '"hello"');
    await revived.ended();
    expect(told).toEqual([
      'TaskSucceeded',
      'TaskStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
      'end',
    ]);
  });

  it('goes on in the place of an execution that was abandoned, which does nothing any more', async () => {
    const place = world((listener) => listener.submitted({}));
    const first = options(place);
    const abandoned = new Execution(first);
    abandoned.start();
    await new Promise(setImmediate);
    const entries = first.journal.length;
    abandoned.abandon();

    const revived = await Execution.replay(options(place), first.journal);
    await place.clock.advance(100_000);
    expect(revived.error).toBe('States.Timeout');
    expect([abandoned.status, abandoned.history.length]).toEqual(['RUNNING', 5]);
    expect(first.journal).toHaveLength(entries);
  });

  it('costs no entries when nobody keeps a journal', async () => {
    const execution = await run(
      callback,
      {},
      world((listener) => listener.submitted({})),
    );
    expect(execution.error).toBe('States.Timeout');
  });
});
