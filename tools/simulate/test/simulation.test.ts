/**
 * Proves every promise over 30 schedules full of faults, and over those that once broke one. `pnpm test:exhaustive` runs
 * 200, and `pnpm simulate` as many more as there is time for.
 */
import { itDoesTheSameInAnyOrder, itKeepsEveryPromise } from './promises';
import { simulationWorker } from './support';

const run = simulationWorker();

itKeepsEveryPromise(run, 30);

it.each([
  [83, 'a composite that fails stops its other sub-workflows, and one of them while it settles'],
  [1_001_896, 'Step Functions restarts, and a write of an attempt comes after that of its second invocation'],
  [2_001_377, 'a callback finds no execution yet, and its outcome is taken when the wait has run out'],
  [1_071_711, 'a redriven execution is stopped, too, and one of its attempts writes after that'],
])('seed %i stays as promised: %s', async (seed) => {
  const { failures } = await run({ from: seed, count: 1 });

  expect(failures).toEqual([]);
});

itDoesTheSameInAnyOrder([run, run, run], 3);
