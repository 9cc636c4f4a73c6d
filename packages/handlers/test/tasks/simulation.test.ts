/**
 * Proves the invariants over random schedules: one execution, several callbacks that contradict each other, an abort
 * and a redrive, with every AWS call failing, crashing or losing its answer now and then, and simultaneous calls in
 * any order. `HANDLERS_SIMULATION_RUNS` sets how many schedules are tried; a failure prints its seed and shrinks.
 */
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { Fault } from '../support/faulty-handler';
import { type RunEnd, type RunPlan, type SentCallback, SimulatedRun } from '../support/simulated-run';
import { WorkflowWorld } from '../support/workflow-world';

const RUNS = Number(process.env.HANDLERS_SIMULATION_RUNS ?? 15);

let shared: WorkflowWorld;
beforeAll(async () => {
  shared = await WorkflowWorld.start();
});
afterAll(() => shared.stop());

const callback = fc.record({
  body: fc.oneof(
    fc.record({ status: fc.constant('succeeded' as const), data: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ status: fc.constant('failed' as const), error: fc.constantFrom('NoStock', 'Declined') }),
  ),
  afterTurns: fc.nat(20),
});

const plan: fc.Arbitrary<RunPlan> = fc.record({
  callbacks: fc.array(callback, { maxLength: 4 }),
  patience: fc.nat(30),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  abortAfter: fc.option(fc.nat(60), { nil: undefined, freq: 2 }),
  redrive: fc.boolean(),
  serviceFails: fc.array(fc.boolean(), { maxLength: 3 }),
});

const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Fault[]>('refuse', 'lose-request', 'lose-answer', 'crash-before', 'crash-after'),
  },
);

/** What the callback says, as the execution's end shows it. */
const endOf = ({ body }: SentCallback): RunEnd =>
  body.status === 'succeeded'
    ? { status: 'SUCCEEDED', output: JSON.stringify({ data: body.data, status: 'succeeded' }) }
    : { status: 'FAILED', error: body.error };

function expectInvariants(world: WorkflowWorld, end: RunEnd, sent: readonly SentCallback[]): void {
  const accepted = sent.filter(({ status }) => status === 200).map(endOf);
  expect(new Set(accepted.map((it) => JSON.stringify(it))).size).toBeLessThanOrEqual(1);
  if (end.status !== 'ABORTED') {
    for (const outcome of accepted) {
      expect(end).toEqual(outcome);
    }
  }
  expect(new Set(world.sentToService.map(({ resumeToken }) => resumeToken)).size).toBeLessThanOrEqual(1);
  expect(world.log.text).not.toContain('task-token');
  for (const { resumeToken } of world.sentToService) {
    expect(world.log.text).not.toContain(resumeToken);
  }
}

async function expectTrueRecord(world: WorkflowWorld, id: string, end: RunEnd): Promise<void> {
  const { body } = await world.get(id);
  if (end.status === 'SUCCEEDED') {
    expect(body).toMatchObject({ status: 'SUCCEEDED', output: JSON.parse(end.output ?? '') });
  } else if (end.status === 'FAILED') {
    expect(body).toMatchObject({ status: end.error === 'States.Timeout' ? 'TIMED_OUT' : 'FAILED', error: end.error });
  } else {
    expect(body.status).not.toBe('PENDING');
  }
}

it(
  `no callback that was answered 200 is lost, and everything that can be seen agrees, in ${RUNS} random schedules`,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        plan,
        fc.array(fault, { minLength: 1, maxLength: 40 }),
        fc.scheduler(),
        async (it, faults, order) => {
          const world = shared.fresh();
          const id = world.newTask();
          let calls = 0;
          const gate = (label: string): Promise<void> => order.schedule(Promise.resolve(), label) as Promise<void>;
          // Who only waits lets the real input and output of the others happen first.
          const turn = (label: string) => delay(1).then(() => gate(label));
          // Faults end at last, as they do outside: nothing could be promised if every call failed for ever.
          const chance = () => (calls < 200 ? faults[calls++ % faults.length] : undefined);
          for (const handler of [world.sfn.faults, world.dynamo.faults]) {
            handler.gate = gate;
            handler.chance = chance;
          }

          const run = new SimulatedRun(world, id, it, turn);
          const running = run.run();
          const end = await order.waitFor(running);

          for (const handler of [world.sfn.faults, world.dynamo.faults]) {
            handler.gate = async () => {};
            handler.chance = () => undefined;
          }
          expectInvariants(world, end, run.sent);
          await expectTrueRecord(world, id, end);
        },
      ),
      { numRuns: RUNS, timeout: 20_000 },
    );
  },
  RUNS * 8000,
);
