import { parseArgs } from 'node:util';
import { CommandError } from '../errors';
import { readCommandLine } from '../process/main';

export const DEPLOY_USAGE = `Usage: pnpm e2e:deploy [--two-stages] [--json]

Deploys every stack with cdktf, runs the e2e suite against it, plans again to see that nothing would change, destroys
everything and checks that nothing is left.

  --two-stages  deploy a second environment beside the first, and check that neither touches the other
  --json        print the report as JSON instead of a table
  --help        print this

Where: in an emulator that is installed and started for the run; in the emulator that AWS_ENDPOINT_URL names; or, with
E2E_TARGET=aws, in the AWS account that the environment configures.`;

export interface DeployOptions {
  readonly twoStages: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws {CommandError} naming an argument that is not known */
export function parseDeployOptions(args: readonly string[]): DeployOptions {
  const { values } = readCommandLine(args, DEPLOY_USAGE, (given) =>
    parseArgs({
      args: given,
      options: {
        'two-stages': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }),
  );
  return { twoStages: values['two-stages'], json: values.json, help: values.help };
}

/** Where to deploy to. */
export type DeployTarget =
  | { readonly name: 'aws' }
  /** Without an endpoint, one is started. */
  | { readonly name: 'emulator'; readonly endpoint: string | undefined };

/**
 * Reads `E2E_TARGET` and `AWS_ENDPOINT_URL`.
 *
 * @throws {CommandError} when they contradict each other or name no target
 */
export function deployTarget(env: NodeJS.ProcessEnv): DeployTarget {
  const name = env.E2E_TARGET || 'emulator';
  const endpoint = env.AWS_ENDPOINT_URL || undefined;
  if (name === 'emulator') {
    return { name, endpoint };
  }
  if (name !== 'aws') {
    throw new CommandError(`E2E_TARGET is ${JSON.stringify(name)}; pnpm e2e:deploy knows emulator and aws.`);
  }
  if (endpoint !== undefined) {
    throw new CommandError('E2E_TARGET=aws and AWS_ENDPOINT_URL are both set: unset one of them.');
  }
  return { name };
}
