import { parseArgs } from 'node:util';
import { CommandError } from './errors';

/** What the command was asked to do. */
export interface Options {
  /** Port of the AWS endpoint; the HTTP APIs take those after it. 0: free ones. */
  readonly port: number;
  /** Ends after the demonstration. */
  readonly once: boolean;
  /** Runs each pattern once before serving. */
  readonly demonstrate: boolean;
  /** One JSON document a line on standard output. */
  readonly json: boolean;
  /** A person is the external service. */
  readonly manual: boolean;
  /** How many ended executions are kept. */
  readonly retain: number;
  /** Where `outputs.json`, `aws.env`, `logs` and the synthesized stacks go. */
  readonly directory: string;
  readonly help: boolean;
}

const DEFAULT_PORT = 4566;
/** The console takes the tenth port after it. */
const MAX_PORT = 65_525;
const DEFAULT_RETAIN = 10_000;
const DEFAULT_DIRECTORY = '.local';

export const HELP = `Usage: pnpm start [options]

Builds and synthesizes the stacks, serves them on this machine, and runs each pattern once.

  --port <number>     port of the AWS endpoint, the HTTP APIs take those after it, the console the tenth;
                      0 takes free ones (default ${DEFAULT_PORT})
  --once              end after the demonstration; exit code 0 only if every workflow ended as it should
  --no-demo           serve without the demonstration
  --manual            you are the external service: answer its requests in the console's inbox; no demonstration
  --json              one JSON document a line on standard output
  --retain <number>   how many ended executions are kept in memory, those that ended last (default ${DEFAULT_RETAIN})
  --directory <path>  where outputs.json, aws.env, logs and the synthesized stacks go (default ${DEFAULT_DIRECTORY})
  --help              show this
`;

/** @throws {CommandError} naming the option, the value and what is allowed. */
export function parseOptions(args: readonly string[]): Options {
  const values = read(args);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > MAX_PORT) {
    throw new CommandError(`--port is ${JSON.stringify(values.port)}; allowed is a number from 0 to ${MAX_PORT}`);
  }
  const retain = Number(values.retain);
  if (!/^[1-9]\d{0,6}$/.test(values.retain)) {
    throw new CommandError(`--retain is ${JSON.stringify(values.retain)}; allowed is a number from 1 to 9999999`);
  }
  if (values.once && values.manual) {
    throw new CommandError('--once ends after the demonstration, and --manual leaves it out: choose one of them');
  }
  if (values.once && values['no-demo']) {
    throw new CommandError('--once ends after the demonstration, and --no-demo leaves it out: choose one of them');
  }
  return {
    port,
    once: values.once,
    demonstrate: !values['no-demo'] && !values.manual,
    manual: values.manual,
    json: values.json,
    retain,
    directory: values.directory,
    help: values.help,
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        directory: { type: 'string', default: DEFAULT_DIRECTORY },
        help: { type: 'boolean', short: 'h', default: false },
        json: { type: 'boolean', default: false },
        manual: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        once: { type: 'boolean', default: false },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        retain: { type: 'string', default: String(DEFAULT_RETAIN) },
      },
    }).values;
  } catch (error) {
    // Node's own message names the option in its first sentence, and goes on in the same line or in the next.
    const [what = ''] = (error as Error).message.split(/\.\s/);
    throw new CommandError(`${what}; see --help`);
  }
}
