import { join } from 'node:path';
import { type RunManyOptions, runMany } from '../src/run-many';

/** Runs schedules in the built worker, in a process without jest around it. */
export const runSchedules = (
  options: Pick<RunManyOptions, 'outDir' | 'runs' | 'seed'> & { readonly mutation?: string },
) =>
  runMany({
    mutation: undefined,
    workers: 1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    workerPath: join(__dirname, '../dist/worker.js'),
    ...options,
  });
