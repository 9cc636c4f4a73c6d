import { defineCommand, UsageError, type ValuesOf } from '@workflows/command-line';
import { PortUnavailableError } from '../endpoint';
import type { BareEndpointOptions } from './start-bare-endpoint';

export const SERVE = defineCommand({
  name: 'pnpm --filter @workflows/local-cloud serve',
  description: 'Serves Step Functions, Lambda and DynamoDB on loopback, with no stack loaded.',
  options: {
    port: { kind: 'number', minimum: 0, maximum: 65_535, default: 4566, description: 'TCP port, 0 for a free one' },
    region: {
      kind: 'text',
      valueName: 'name',
      format: { pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, description: 'the name of a region such as us-east-1' },
      description: 'region in ARNs',
      defaultDescription: 'us-east-1',
    },
    logs: { kind: 'text', valueName: 'path', description: 'keep the logs of functions in this folder, one file each' },
    virtualTime: {
      kind: 'flag',
      description: 'jump to the next timer whenever nothing is in flight: a year of waiting takes milliseconds',
    },
    idleMs: {
      kind: 'number',
      minimum: 0,
      maximum: 60_000,
      description:
        'with --virtual-time: real milliseconds without a request before time jumps, so that a client can still call back',
      defaultDescription: '0',
    },
  },
  notes: `Any AWS SDK or CLI works, with any credentials:

  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:4566`,
  expectedErrors: [PortUnavailableError],
  exitCodes: { 0: 'ended by Ctrl-C or SIGTERM', 1: 'the port is taken' },
});

/** @throws {UsageError} when the options contradict each other */
export function endpointOptions(values: ValuesOf<typeof SERVE>): BareEndpointOptions {
  const { idleMs, logs, port, region, virtualTime } = values;
  if (idleMs !== undefined && !virtualTime) {
    throw new UsageError('--idle-ms needs --virtual-time.');
  }
  return {
    port,
    virtualTime,
    ...(region === undefined ? {} : { region }),
    ...(logs === undefined ? {} : { logsDir: logs }),
    ...(idleMs === undefined ? {} : { idleMs }),
  };
}
