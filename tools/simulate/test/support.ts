import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { carryOut, startWorker } from '../src/run-many';
import { synthesize } from '../src/synthesize';
import type { WorkOrder, WorkReport } from '../src/worker';

/** The built worker, in a process without jest around it, for the tests of one file. */
export function simulationWorker(): (order: WorkOrder) => Promise<WorkReport> {
  let outDir: string;
  let worker: ChildProcess;
  beforeAll(async () => {
    outDir = await synthesize();
    worker = startWorker(outDir, join(__dirname, '../dist/worker.js'));
  });
  afterAll(() => {
    worker.disconnect();
    rmSync(outDir, { recursive: true, force: true });
  });
  return async (order) => {
    const report = await carryOut(worker, order, new AbortController().signal);
    if (report === undefined) {
      throw new Error('the worker was broken off');
    }
    return report;
  };
}
