import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { MUTATIONS } from './mutations/mutations';

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
  readonly help: boolean;
}

/** Something that whoever typed the command can put right. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

const DEFAULT_RUNS = 1000;

export const HELP = `Usage: pnpm simulate [options]

Runs the deployed functions and state machines through random schedules of work and faults, in virtual time, and checks
every promise that the system makes. A seed decides all of a schedule.

  --runs <number>      how many schedules (default ${DEFAULT_RUNS})
  --seed <number>      seed of the first; the others follow it (default: the time)
  --workers <number>   processes to run them in (default: one for each core)
  --verbose            the schedule and the timeline of every run; with --runs 1 for one that failed
  --mutation <name>    plants a known bug, which has to be found: ${Object.keys(MUTATIONS).join(', ')}
  --json               one JSON document a line on standard output
  --help               show this

Exit code 0: everything was as promised; 1: it was not; 2: the command cannot be carried out.
`;

/** @throws {CommandError} naming the option, the value and what is allowed */
export function parseOptions(args: readonly string[], nowMs: number): Options {
  const values = read(args);
  const { help, json, mutation, verbose } = values;
  if (mutation !== undefined && !Object.hasOwn(MUTATIONS, mutation)) {
    throw new CommandError(`--mutation is ${JSON.stringify(mutation)}; allowed: ${Object.keys(MUTATIONS).join(', ')}`);
  }
  return {
    runs: wholeNumber('--runs', values.runs, 1),
    seed: values.seed === undefined ? Math.floor(nowMs / 1000) : wholeNumber('--seed', values.seed, 0),
    workers: values.workers === undefined ? availableParallelism() : wholeNumber('--workers', values.workers, 1),
    json,
    verbose,
    mutation,
    help,
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        json: { type: 'boolean', default: false },
        mutation: { type: 'string' },
        runs: { type: 'string', default: String(DEFAULT_RUNS) },
        seed: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        workers: { type: 'string' },
      },
    }).values;
  } catch (error) {
    // Node's own message names the option in its first sentence.
    const [what = ''] = (error as Error).message.split(/\.\s/);
    throw new CommandError(`${what}; see --help`);
  }
}

function wholeNumber(option: string, text: string, minimum: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < minimum) {
    throw new CommandError(`${option} is ${JSON.stringify(text)}; allowed is a whole number from ${minimum}`);
  }
  return value;
}
