import { availableParallelism } from 'node:os';
import { defineCommand, type ValuesOf } from '@workflows/command-line';
import { SynthesisError } from '@workflows/local-cloud';
import { MUTATIONS } from './mutations/mutations';

export const SIMULATE = defineCommand({
  name: 'pnpm simulate',
  description: `Runs the deployed functions and state machines with random schedules of work and faults, in virtual time, and checks
every guarantee of the system. A seed determines a schedule completely.`,
  options: {
    runs: { kind: 'number', minimum: 1, default: 1000, description: 'number of schedules' },
    seed: {
      kind: 'number',
      minimum: 0,
      description: 'seed of the first schedule; each further schedule uses the next seed',
      defaultDescription: 'the time',
    },
    workers: {
      kind: 'number',
      minimum: 1,
      description: 'number of processes',
      defaultDescription: 'one per core',
    },
    verbose: {
      kind: 'flag',
      description: 'print the schedule and the timeline of every run; use it with --runs 1 for a failed seed',
    },
    mutation: {
      kind: 'choice',
      allowed: Object.keys(MUTATIONS),
      description: 'introduce a known bug, which the simulation must find',
    },
    json: { kind: 'flag', description: 'print one JSON document per line' },
  },
  notes: 'Ctrl-C prints the results so far.',
  expectedErrors: [SynthesisError],
  exitCodes: { 0: 'every guarantee held', 1: 'a guarantee was broken', 2: 'the simulation could not run' },
  failure: 2,
});

export interface Options {
  readonly runs: number;
  /** Of the first schedule; the others have those that follow. */
  readonly seed: number;
  readonly workers: number;
  readonly json: boolean;
  /** The schedule and the whole timeline of every run, not only of one that fails. */
  readonly verbose: boolean;
  /** A known bug, planted to see that it is found. */
  readonly mutation: string | undefined;
}

export function withDefaults(values: ValuesOf<typeof SIMULATE>, nowMs: number): Options {
  const { seed = Math.floor(nowMs / 1000), workers = availableParallelism() } = values;
  return { ...values, seed, workers };
}
