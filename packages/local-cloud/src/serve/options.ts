import { parseArgs } from 'node:util';
import type { BareEndpointOptions } from './start-bare-endpoint';

/** The command line cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Serves Step Functions, Lambda and DynamoDB on loopback, with no stack loaded.

Usage: serve [options]

  --port <number>      TCP port, 0 for a free one            (default 4566)
  --region <name>      region in ARNs                        (default us-east-1)
  --logs <folder>      keep the logs of functions there, one file each
  --virtual-time       jump to the next timer whenever nothing is in flight: a year of
                       waiting takes milliseconds
  --idle-ms <number>   with --virtual-time: real milliseconds without a request before time
                       jumps, so that a client can still call back       (default 0)
  --help               show this

Any AWS SDK or CLI works, with any credentials:

  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:4566
`;

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * @param args without node and script
 * @returns `'help'` when that was asked for
 * @throws {UsageError}
 */
export function readOptions(args: readonly string[]): BareEndpointOptions | 'help' {
  const values = parse(args);
  if (values.help === true) {
    return 'help';
  }
  const { region, logs } = values;
  const virtualTime = values['virtual-time'] === true;
  const idle = values['idle-ms'];
  if (idle !== undefined && !virtualTime) {
    throw new UsageError('--idle-ms needs --virtual-time.');
  }
  if (region !== undefined && !REGION.test(region)) {
    throw new UsageError(`--region must be the name of a region such as us-east-1. Received: ${region}`);
  }
  return {
    port: integer('--port', values.port ?? '4566', 65_535),
    virtualTime,
    ...(region === undefined ? {} : { region }),
    ...(logs === undefined ? {} : { logsDir: logs }),
    ...(idle === undefined ? {} : { idleMs: integer('--idle-ms', idle, 60_000) }),
  };
}

function parse(args: readonly string[]) {
  // `pnpm serve -- --port 1` hands the separator on.
  const rest = args[0] === '--' ? args.slice(1) : [...args];
  try {
    return parseArgs({
      args: rest,
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        region: { type: 'string' },
        logs: { type: 'string' },
        'virtual-time': { type: 'boolean' },
        'idle-ms': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) {
    throw new UsageError(`${name} must be a whole number from 0 to ${max}. Received: ${text}`);
  }
  return value;
}
