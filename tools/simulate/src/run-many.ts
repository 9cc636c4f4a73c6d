import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { addSummary, emptySummary, type Failure, type Summary } from './summary';
import type { WorkOrder, WorkReport } from './worker';

export interface RunManyOptions {
  readonly outDir: string;
  readonly runs: number;
  readonly seed: number;
  readonly workers: number;
  readonly mutation: string | undefined;
  /** Stops the runs; the result is what was done until then. */
  readonly signal: AbortSignal;
  readonly onProgress: (summary: Summary) => void;
  /** @default the built worker beside this file */
  readonly workerPath?: string;
}

/** Small enough to show progress and to share the work evenly. */
const SCHEDULES_PER_ORDER = 20;

/**
 * Each crash loads a bundle again, and little of its code runs often enough to be optimized. Compiling all of it with
 * the baseline compiler at once takes a fifth less time.
 */
const WORKER_FLAGS = ['--always-sparkplug', '--max-semi-space-size=64'];

/** Shares the schedules among processes. */
export async function runMany(
  options: RunManyOptions,
): Promise<{ readonly summary: Summary; readonly failures: readonly Failure[] }> {
  const { mutation, onProgress, outDir, runs, seed, signal, workers } = options;
  const { workerPath = join(__dirname, 'worker.js') } = options;
  const summary = emptySummary();
  const failures: Failure[] = [];
  let next = 0;
  const nextOrder = (): WorkOrder | undefined => {
    if (signal.aborted || next >= runs) {
      return undefined;
    }
    const from = seed + next;
    const count = Math.min(SCHEDULES_PER_ORDER, runs - next);
    next += count;
    return { from, count, ...(mutation === undefined ? {} : { mutation }) };
  };
  const serve = async (): Promise<void> => {
    const child = startWorker(outDir, workerPath);
    try {
      for (let order = nextOrder(); order !== undefined; order = nextOrder()) {
        const report = await carryOut(child, order, signal);
        if (report === undefined) {
          return;
        }
        addSummary(summary, report.summary);
        failures.push(...report.failures);
        onProgress(summary);
      }
    } finally {
      if (child.connected) {
        child.disconnect();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, Math.ceil(runs / SCHEDULES_PER_ORDER)) }, serve));
  return { summary, failures: failures.sort((a, b) => a.seed - b.seed) };
}

export function startWorker(outDir: string, workerPath: string): ChildProcess {
  return fork(workerPath, [outDir], { execArgv: [...process.execArgv, ...WORKER_FLAGS] });
}

/** @returns undefined when the run was stopped meanwhile */
export function carryOut(child: ChildProcess, order: WorkOrder, signal: AbortSignal): Promise<WorkReport | undefined> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      child.removeAllListeners();
      signal.removeEventListener('abort', broken);
      settle();
    };
    const broken = () => done(() => resolve(undefined));
    signal.addEventListener('abort', broken);
    child.once('message', (report: WorkReport) => done(() => resolve(report)));
    child.once('exit', (code) => done(() => reject(new Error(`a worker ended with exit code ${code}: see above`))));
    child.send(order);
  });
}
