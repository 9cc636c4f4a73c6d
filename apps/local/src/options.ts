import { defineCommand, UsageError, type ValuesOf } from '@workflows/command-line';
import { ConsolePortError } from '@workflows/console';
import { MissingOutputError } from '@workflows/contract';
import { PortUnavailableError, SynthesisError, UnsupportedError } from '@workflows/local-cloud';

export const START = defineCommand({
  name: 'pnpm start',
  description: 'Builds and synthesizes the stacks, serves them on this machine, and runs each pattern once.',
  options: {
    port: {
      kind: 'number',
      minimum: 0,
      // The console takes the tenth port after it.
      maximum: 65_525,
      default: 4566,
      description:
        'port of the AWS endpoint; the HTTP APIs take those after it, the console the tenth; 0 takes free ones',
    },
    once: {
      kind: 'flag',
      description: 'end after the demonstration; exit code 0 only if every workflow ended as it should',
    },
    noDemo: { kind: 'flag', description: 'serve without the demonstration' },
    manual: {
      kind: 'flag',
      description: "you are the external service: answer its requests in the console's inbox; no demonstration",
    },
    json: { kind: 'flag', description: 'one JSON document a line on standard output' },
    retain: {
      kind: 'number',
      minimum: 1,
      maximum: 9_999_999,
      default: 10_000,
      description: 'how many ended executions are kept in memory, those that ended last',
    },
    directory: {
      kind: 'text',
      valueName: 'path',
      default: '.local',
      description: 'where outputs.json, aws.env, logs and the synthesized stacks go',
    },
  },
  expectedErrors: [ConsolePortError, MissingOutputError, PortUnavailableError, SynthesisError, UnsupportedError],
  exitCodes: {
    0: 'ended by Ctrl-C or SIGTERM; with --once: every workflow ended as it should',
    1: 'it cannot start, or with --once a workflow failed',
    130: 'with --once: ended by Ctrl-C',
  },
});

export interface Options extends Omit<ValuesOf<typeof START>, 'noDemo'> {
  /** Runs each pattern once before serving. */
  readonly demonstrate: boolean;
}

/** @throws {UsageError} when the options contradict each other */
export function startOptions({ noDemo, ...options }: ValuesOf<typeof START>): Options {
  const { manual, once } = options;
  if (once && (manual || noDemo)) {
    const other = manual ? '--manual' : '--no-demo';
    throw new UsageError(`--once ends after the demonstration, and ${other} leaves it out. Choose one of them.`);
  }
  return { ...options, demonstrate: !noDemo && !manual };
}
