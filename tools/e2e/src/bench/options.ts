import { defineCommand, UsageError, type ValuesOf } from '@workflows/command-line';

const MAX = 9_999_999;

export const LOAD = defineCommand({
  name: 'pnpm bench:load',
  description: `Runs callback workflows on the embedded runtime, started as a process, through its HTTP API alone, and reports
throughput, latencies and the runtime's memory.`,
  options: {
    workflows: { kind: 'number', minimum: 1, maximum: MAX, default: 10_000, description: 'how many' },
    inFlight: {
      kind: 'number',
      minimum: 1,
      maximum: MAX,
      default: 1000,
      description: 'how many wait for their callback at any time',
    },
    connections: {
      kind: 'number',
      minimum: 1,
      maximum: MAX,
      default: 16,
      description: 'requests at a time, for starts and for callbacks each',
    },
  },
  exitCodes: { 0: 'every workflow ended as expected', 1: 'a workflow was lost or ended wrong' },
});

/**
 * What the load is: `workflows` in all, of which `inFlight` are started and not yet called back, from when there are as
 * many until the last are started; `connections` requests at a time, for starts and for callbacks each.
 */
export type LoadOptions = ValuesOf<typeof LOAD>;

/** @throws {UsageError} when the options contradict each other */
export function checkLoad({ inFlight, workflows }: LoadOptions): void {
  if (inFlight > workflows) {
    throw new UsageError(`--in-flight is ${inFlight}. Allowed: at most --workflows, ${workflows}.`);
  }
}
