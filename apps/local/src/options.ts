import { defineCommand, UsageError, type ValuesOf } from '@workflows/command-line';
import { ConsolePortError } from '@workflows/console';
import { MissingOutputError } from '@workflows/contract';
import { PortUnavailableError, SynthesisError, UnsupportedError } from '@workflows/local-cloud';

export const START = defineCommand({
  name: 'pnpm start',
  description: 'Builds and synthesizes the stacks, runs them on this machine, and runs each pattern once.',
  options: {
    port: {
      kind: 'number',
      minimum: 0,
      // The console takes the tenth port after it.
      maximum: 65_525,
      default: 4566,
      description:
        'port of the AWS endpoint; the HTTP APIs use the ports after it, the console the tenth; 0 selects free ports',
    },
    once: {
      kind: 'flag',
      description: 'stop after the demonstration; exit code 0 only if every workflow ended as expected',
    },
    noDemo: { kind: 'flag', description: 'skip the demonstration' },
    manual: {
      kind: 'flag',
      description:
        'answer the requests to the external service yourself, in the inbox of the console; skips the demonstration',
    },
    json: { kind: 'flag', description: 'print one JSON document per line' },
    retain: {
      kind: 'number',
      minimum: 1,
      maximum: 9_999_999,
      default: 10_000,
      description: 'number of ended executions to keep in memory, the most recent first',
    },
    directory: {
      kind: 'text',
      valueName: 'path',
      default: '.local',
      description: 'folder for outputs.json, aws.env, logs and the synthesized stacks',
    },
  },
  expectedErrors: [ConsolePortError, MissingOutputError, PortUnavailableError, SynthesisError, UnsupportedError],
  exitCodes: {
    0: 'stopped by Ctrl-C or SIGTERM; with --once: every workflow ended as expected',
    1: 'the runtime could not start; with --once: or a workflow failed',
    130: 'with --once: stopped by Ctrl-C',
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
    throw new UsageError(
      `--once and ${other} were both given. --once stops after the demonstration, and ${other} skips it. Use one of them.`,
    );
  }
  return { ...options, demonstrate: !noDemo && !manual };
}
