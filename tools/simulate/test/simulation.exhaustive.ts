/** More schedules than `simulation.test.ts`, and worlds of their own for what is compared. */
import { itDoesTheSameInAnyOrder, itKeepsEveryPromise } from './promises';
import { simulationWorker } from './support';

const run = simulationWorker();

itKeepsEveryPromise(run, 200);

itDoesTheSameInAnyOrder([simulationWorker(), simulationWorker(), simulationWorker()], 10);
