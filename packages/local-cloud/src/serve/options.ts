import { resolve } from 'node:path';
import { defineCommand, UsageError, type ValuesOf } from '@workflows/command-line';
import { ACCOUNT_ID } from '../account';
import { PortUnavailableError } from '../endpoint';
import { MockConfigurationError } from '../step-functions';
import { elsewhereOf, LOCAL_ENDPOINT_OPTIONS, servicesOf } from './endpoint-options';
import { type BareEndpointOptions, OWN_SERVICES } from './start-bare-endpoint';

const WAIT_TIME_SCALE = { pattern: /^\d+(\.\d+)?$/, description: 'a decimal number from 0, such as 0.01' };
const REGION = { pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, description: 'a region name such as us-east-1' };
const ACCOUNT = { pattern: /^\d{12}$/, description: 'an account id of 12 digits' };

export const SERVE = defineCommand({
  name: 'pnpm --filter @workflows/local-cloud serve',
  description: 'Serves Step Functions, Lambda, DynamoDB, SQS, SNS and EventBridge on loopback, without stacks.',
  options: {
    port: {
      kind: 'number',
      minimum: 0,
      maximum: 65_535,
      default: 4566,
      description: 'TCP port; 0 selects a free port',
    },
    region: {
      kind: 'text',
      valueName: 'name',
      format: REGION,
      description: 'region of the ARNs',
      defaultDescription: 'AWS_DEFAULT_REGION, or us-east-1',
    },
    awsRegion: {
      kind: 'text',
      valueName: 'name',
      format: REGION,
      description: 'the name that --region has in Step Functions Local',
    },
    awsAccount: {
      kind: 'text',
      valueName: 'id',
      format: ACCOUNT,
      description: 'account in the ARNs of Step Functions',
      defaultDescription: `AWS_ACCOUNT_ID, or ${ACCOUNT_ID}`,
    },
    logs: {
      kind: 'text',
      valueName: 'path',
      description: 'folder for the logs of the functions, one file per function',
    },
    mocks: {
      kind: 'text',
      valueName: 'file',
      description: 'mock configuration in the format of Step Functions Local; `<ARN>#<test case>` starts a test case',
      defaultDescription: 'SFN_MOCK_CONFIG',
    },
    bucket: {
      kind: 'list',
      valueName: 'name=folder',
      description:
        'a folder as a bucket of Amazon S3, for the ItemReader and ResultWriter of distributed Maps; may be repeated',
    },
    virtualTime: {
      kind: 'flag',
      description: 'run in virtual time: jump to the next timer whenever the runtime is idle',
    },
    idleMs: {
      kind: 'number',
      minimum: 0,
      maximum: 60_000,
      description:
        'with --virtual-time: real milliseconds without a request before time jumps, so that clients can call back',
      defaultDescription: '0',
    },
    waitTimeScale: {
      kind: 'text',
      valueName: 'factor',
      format: WAIT_TIME_SCALE,
      description:
        'factor on the time of Wait states and retry delays: 0.01 makes a minute 0.6 s; timeouts keep theirs',
      defaultDescription: 'WAIT_TIME_SCALE, or 1',
    },
    services: {
      kind: 'text',
      valueName: 'names',
      description: 'services that this endpoint provides; requests for all others are forwarded to --aws-endpoint',
      defaultDescription: OWN_SERVICES.join(','),
    },
    endpoint: {
      kind: 'list',
      valueName: 'service=url',
      description: 'endpoint where tasks call this service; can be repeated',
    },
    awsEndpoint: {
      kind: 'url',
      protocols: ['http:', 'https:'],
      description: 'endpoint where tasks call all other services; requests for them are forwarded to it',
    },
    useAwsAccount: {
      kind: 'flag',
      description: 'call all other services in the AWS account of your default credentials',
    },
    ...LOCAL_ENDPOINT_OPTIONS,
  },
  notes: `Any AWS SDK or CLI works, with any credentials:

  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:4566`,
  expectedErrors: [PortUnavailableError, MockConfigurationError],
  exitCodes: { 0: 'stopped by Ctrl-C or SIGTERM', 1: 'the port is in use, or the mock configuration is invalid' },
});

/**
 * @param environment of Step Functions Local; an option goes before its variable
 * @throws {UsageError} when the options contradict each other
 */
export function endpointOptions(values: ValuesOf<typeof SERVE>, environment: NodeJS.ProcessEnv): BareEndpointOptions {
  const { awsRegion, idleMs, logs, port, virtualTime } = values;
  if (awsRegion !== undefined && values.region !== undefined && awsRegion !== values.region) {
    throw new UsageError('--aws-region and --region contradict each other: give one of them.');
  }
  const region = values.region ?? awsRegion ?? variable(environment, 'AWS_DEFAULT_REGION', REGION);
  const account = values.awsAccount ?? variable(environment, 'AWS_ACCOUNT_ID', ACCOUNT);
  const mocks = values.mocks ?? (environment.SFN_MOCK_CONFIG || undefined);
  // pnpm runs the command in the folder of its package.
  const folder = environment.INIT_CWD ?? '.';
  if (idleMs !== undefined && !virtualTime) {
    throw new UsageError('--idle-ms requires --virtual-time.');
  }
  const waitTimeScale = values.waitTimeScale ?? variable(environment, 'WAIT_TIME_SCALE', WAIT_TIME_SCALE);
  const elsewhere = elsewhereOf(values, environment, port);
  return {
    port,
    virtualTime,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...(logs === undefined ? {} : { logsDir: logs }),
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(mocks === undefined ? {} : { mocks: resolve(folder, mocks) }),
    ...(waitTimeScale === undefined ? {} : { waitTimeScale: Number(waitTimeScale) }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    ...(values.services === undefined ? {} : { services: servicesOf(values.services, OWN_SERVICES) }),
    ...(values.bucket.length === 0 ? {} : { buckets: bucketsOf(values.bucket) }),
  };
}

/** @throws {UsageError} for a value that the option would not take */
function variable(environment: NodeJS.ProcessEnv, name: string, { description, pattern }: typeof REGION) {
  const value = environment[name] || undefined;
  if (value !== undefined && !pattern.test(value)) {
    throw new UsageError(`${name} is ${JSON.stringify(value)}. Allowed: ${description}.`);
  }
  return value;
}

/** @throws {UsageError} */
function bucketsOf(given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    given.map((text) => {
      const [, name, folder] = /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])=(.+)$/.exec(text) ?? [];
      if (name === undefined || folder === undefined) {
        throw new UsageError(
          `--bucket takes the name of a bucket and a folder, such as orders=./data. Received: ${text}`,
        );
      }
      return [name, folder];
    }),
  );
}
