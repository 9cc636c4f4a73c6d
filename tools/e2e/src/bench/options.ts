import { parseArgs } from 'node:util';

/** What the load is. */
export interface LoadOptions {
  readonly workflows: number;
  /** How many are started and not yet called back, from when there are as many until the last are. */
  readonly inFlight: number;
  /** Requests at a time, for starts and for callbacks each. */
  readonly connections: number;
}

export const HELP = `Usage: pnpm bench:load [options]

Runs callback workflows on the embedded runtime, started as a process, through its HTTP API alone, and
reports throughput, latencies and the runtime's memory. Exit code 1 if a workflow is lost or ends wrong.

  --workflows <number>    how many (default 10000)
  --in-flight <number>    how many wait for their callback at any time (default 1000)
  --connections <number>  requests at a time, for starts and for callbacks each (default 16)
  --help                  show this
`;

/** @throws naming the option, what was given and what is allowed */
export function readOptions(args: readonly string[]): LoadOptions | 'help' {
  const { values } = parseArgs({
    args: args[0] === '--' ? args.slice(1) : [...args],
    options: {
      workflows: { type: 'string', default: '10000' },
      'in-flight': { type: 'string', default: '1000' },
      connections: { type: 'string', default: '16' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return 'help';
  }
  const options = {
    workflows: count('--workflows', values.workflows),
    inFlight: count('--in-flight', values['in-flight']),
    connections: count('--connections', values.connections),
  };
  if (options.inFlight > options.workflows) {
    throw new Error(`--in-flight is ${options.inFlight}; it has to be at most --workflows, ${options.workflows}.`);
  }
  return options;
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw new Error(`${name} is ${text}; it has to be a whole number from 1 to 9999999.`);
  }
  return value;
}
