/** A process of its own that runs the schedules it is sent by message. */

import { generate } from './schedule/generate';
import { Simulation } from './simulation';
import { addRun, emptySummary, type Failure, type Summary } from './summary';

export interface WorkOrder {
  readonly from: number;
  readonly count: number;
  /** A known bug to plant. A worker changes it at the cost of a new world. */
  readonly mutation?: string;
}

export interface WorkReport {
  readonly summary: Summary;
  readonly failures: readonly Failure[];
}

const [, , outDir = ''] = process.argv;
let current = { mutation: undefined as string | undefined, simulation: new Simulation(outDir) };

async function simulationWith(mutation: string | undefined): Promise<Simulation> {
  if (mutation !== current.mutation) {
    await current.simulation.close();
    current = { mutation, simulation: new Simulation(outDir, mutation) };
  }
  return current.simulation;
}

async function work({ count, from, mutation }: WorkOrder): Promise<WorkReport> {
  const simulation = await simulationWith(mutation);
  const summary = emptySummary();
  const failures: Failure[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const result = await simulation.run(generate(seed));
    addRun(summary, result);
    if (result.violations.length > 0) {
      failures.push({ seed, violations: result.violations });
    }
  }
  return { summary, failures };
}

process.on('message', (order: WorkOrder) => {
  work(order).then(
    (report) => process.send?.(report),
    (error: Error) => {
      process.stderr.write(
        `schedules ${order.from} to ${order.from + order.count - 1}: ${error.stack ?? error.message}\n`,
      );
      process.exit(2);
    },
  );
});

// Ctrl-C is for the parent process, which prints the results so far.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  void current.simulation.close().then(() => process.exit(0));
});
