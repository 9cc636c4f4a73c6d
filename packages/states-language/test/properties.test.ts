import fc from 'fast-check';
import {
  Execution,
  type ExecutionOptions,
  type HistoryEvent,
  type JournalEntry,
  parseDefinition,
  type TaskListener,
  VirtualClock,
} from '../src';
import { CONTEXT, FUNCTION_ARN, START_MS } from './support/run';

// Random valid definitions, run with random task results on a virtual clock, hold three things: they end without
// throwing, they end alike when run alike, and any prefix of a run can be replayed and then goes on as the run did.

interface Plan {
  readonly definition: object;
  readonly input: unknown;
  /** What the n-th task does, taken in turn. */
  readonly tasks: readonly ('succeed' | 'fail' | 'submit' | 'silent' | 'twice')[];
  readonly randoms: readonly number[];
}

const NAMES = ['A', 'B', 'C', 'D'];

type StateOf = (name: string, next: string | undefined) => object;

const after = (next: string | undefined): object => (next === undefined ? { End: true } : { Next: next });

const errorHandling = fc.record(
  {
    Retry: fc.constant([{ ErrorEquals: ['States.ALL'], MaxAttempts: 2, JitterStrategy: 'FULL' }]),
    TimeoutSeconds: fc.integer({ min: 2, max: 500 }),
  },
  { requiredKeys: [] },
);

const simple = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map(
    (Result): StateOf =>
      (_name, next) => ({ Type: 'Pass', Result, ResultPath: '$.r', ...after(next) }),
  ),
  fc
    .constantFrom('$', '$.r', '$.missing', '$..r', 'States.UUID()', 'States.MathRandom(0, 9)', 'States.ArrayLength($)')
    .map(
      (source): StateOf =>
        (_name, next) => ({ Type: 'Pass', Parameters: { 'p.$': source }, ...after(next) }),
    ),
  fc
    .constantFrom(
      '$states.input',
      '$states.input.r',
      '$random()',
      '$states.input.r + 1',
      '$count($states.input)',
      '{"a": $uuid()}',
    )
    .map(
      (source): StateOf =>
        (name, next) => ({
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Output: `{% ${source} %}`,
          // Scopes inside one another cannot share a name.
          Assign: { [`v${name.slice(0, -1)}`]: `{% ${source} %}` },
          ...after(next),
        }),
    ),
  fc.integer({ min: 0, max: 9 }).map(
    (Seconds): StateOf =>
      (_name, next) => ({ Type: 'Wait', Seconds, ...after(next) }),
  ),
  fc
    .tuple(
      fc.constantFrom(
        FUNCTION_ARN,
        'arn:aws:states:::lambda:invoke.waitForTaskToken',
        'arn:aws:states:::states:startExecution.sync:2',
      ),
      errorHandling,
    )
    .map(
      ([Resource, more]): StateOf =>
        (_name, next) => ({ Type: 'Task', Resource, ResultPath: '$.r', TimeoutSeconds: 60, ...more, ...after(next) }),
    ),
);

const choice = fc.constantFrom('$.r', '$').map(
  (Variable): StateOf =>
    (_name, next) => ({
      Type: 'Choice',
      Choices: [
        { Variable, IsNumeric: true, Next: next },
        { Variable, IsPresent: true, Next: next },
      ],
    }),
);

function machineOf(prefix: string, states: readonly StateOf[]): object {
  const names = states.map((_, index) => `${prefix}${NAMES[index]}`);
  const body = states.map((state, index) => [names[index], state(names[index] ?? '', names[index + 1])]);
  return { StartAt: names[0], States: Object.fromEntries(body) };
}

const nested = fc
  .tuple(
    fc.constantFrom('Map', 'Parallel'),
    fc.array(simple, { minLength: 1, maxLength: 2 }),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(
    ([Type, inner, MaxConcurrency]): StateOf =>
      (name, next) => {
        const Catch = next === undefined ? [] : [{ ErrorEquals: ['States.ALL'], Next: next }];
        return Type === 'Map'
          ? {
              Type,
              ItemsPath: '$.list',
              MaxConcurrency,
              ItemProcessor: machineOf(`${name}i`, inner),
              ResultPath: '$.r',
              Catch,
              ...after(next),
            }
          : { Type, Branches: [machineOf(`${name}x`, inner), machineOf(`${name}y`, inner)], Catch, ...after(next) };
      },
  );

const definitions = fc
  .tuple(fc.array(fc.oneof(simple, choice, nested), { maxLength: 3 }), simple)
  .map(([states, last]) => ({ TimeoutSeconds: 100_000, ...machineOf('', [...states, last]) }));

const plans: fc.Arbitrary<Plan> = fc.record({
  definition: definitions,
  input: fc.record({
    list: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 4 }),
    r: fc.jsonValue({ maxDepth: 1 }),
  }),
  tasks: fc.array(fc.constantFrom('succeed', 'fail', 'submit', 'silent', 'twice'), { minLength: 1, maxLength: 6 }),
  randoms: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 5 }),
});

interface Run {
  readonly execution: Execution;
  readonly journal: JournalEntry[];
}

function setUp(plan: Plan): { clock: VirtualClock; options: ExecutionOptions; journal: JournalEntry[] } {
  const clock = new VirtualClock(START_MS);
  const journal: JournalEntry[] = [];
  let [randoms, ids, tasks] = [0, 0, 0];
  const report = (listener: TaskListener, index: number): void => {
    const behaviour = plan.tasks[index % plan.tasks.length];
    if (behaviour === 'fail') {
      listener.failed('Oops', 'why');
    } else if (behaviour === 'submit') {
      listener.submitted({ index });
    } else if (behaviour !== 'silent') {
      listener.succeeded({ index });
    }
    if (behaviour === 'twice') {
      listener.succeeded('again');
    }
  };
  const options: ExecutionOptions = {
    program: parseDefinition(JSON.stringify(plan.definition)),
    input: JSON.stringify(plan.input),
    context: CONTEXT,
    host: {
      clock,
      random: () => plan.randoms[randoms++ % plan.randoms.length] ?? 0,
      newTaskToken: () => `token-${ids++}`,
      uuid: () => `id-${ids++}`,
      tasks: {
        run: (_request, listener) => {
          const index = tasks++;
          queueMicrotask(() => report(listener, index));
          return { cancel: () => undefined };
        },
      },
    },
    onJournal: (entry) => journal.push(JSON.parse(JSON.stringify(entry))),
  };
  return { clock, options, journal };
}

async function run(plan: Plan): Promise<Run> {
  const { clock, journal, options } = setUp(plan);
  const execution = new Execution(options);
  execution.start();
  await clock.runUntilIdle();
  return { execution, journal };
}

const RUNS = { numRuns: 60 };

describe('random definitions', () => {
  it('are valid, and end in a way that the language knows', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { execution } = await run(plan);
        expect(['SUCCEEDED', 'FAILED', 'TIMED_OUT']).toContain(execution.status);
        expect(execution.cause ?? '').not.toContain('internal error');
      }),
      RUNS,
    );
  });

  it('give histories whose ids count up and whose predecessors come before', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { history } = (await run(plan)).execution;
        history.forEach((event: HistoryEvent, index) => {
          expect(event.id).toBe(index + 1);
          expect(event.previousEventId).toBeLessThan(event.id);
        });
      }),
      RUNS,
    );
  });

  it('give the same history for the same clock, random numbers and task results', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const [first, second] = [await run(plan), await run(plan)];
        expect(second.execution.history).toEqual(first.execution.history);
        expect(second.journal).toEqual(first.journal);
      }),
      RUNS,
    );
  });

  it('can be replayed from any prefix of their journal', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.nat(), async (plan, cut) => {
        const { execution, journal } = await run(plan);
        const signals = journal.flatMap((entry, index) => (entry.type === 'signal' ? [index] : []));
        const end = signals[1 + (cut % signals.length)] ?? journal.length;
        const revived = await Execution.replay(setUp({ ...plan, tasks: ['silent'] }).options, journal.slice(0, end));
        expect(revived.history).toEqual(execution.history.slice(0, revived.history.length));

        const whole = await Execution.replay(setUp(plan).options, journal);
        expect(whole.history).toEqual(execution.history);
        expect(whole.status).toBe(execution.status);
      }),
      RUNS,
    );
  });
});
