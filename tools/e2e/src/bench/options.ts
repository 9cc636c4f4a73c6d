import { defineCommand, UsageError, type ValuesOf } from '@workflows/command-line';

const MAX = 9_999_999;

export const LOAD = defineCommand({
  name: 'pnpm bench:load',
  description: `Starts the embedded runtime as a process, runs callback workflows through its HTTP API, and reports throughput, latencies
and the memory of the runtime.`,
  options: {
    workflows: { kind: 'number', minimum: 1, maximum: MAX, default: 10_000, description: 'number of workflows' },
    inFlight: {
      kind: 'number',
      minimum: 1,
      maximum: MAX,
      default: 1000,
      description: 'number of workflows that wait for a callback at the same time',
    },
    connections: {
      kind: 'number',
      minimum: 1,
      maximum: MAX,
      default: 16,
      description: 'number of concurrent requests, each for starts and for callbacks',
    },
  },
  exitCodes: { 0: 'every workflow ended as expected', 1: 'a workflow was lost or ended unexpectedly' },
});

/**
 * What the load is: `workflows` in all, of which `inFlight` are started and not yet called back, from when there are as
 * many until the last are started; `connections` number of concurrent requests, each for starts and for callbacks.
 */
export type LoadOptions = ValuesOf<typeof LOAD>;

/** @throws {UsageError} when the options contradict each other */
export function checkLoad({ inFlight, workflows }: LoadOptions): void {
  if (inFlight > workflows) {
    throw new UsageError(`--in-flight is ${inFlight}. Allowed: at most --workflows, ${workflows}.`);
  }
}
