import { CommandError, defineCommand, type ValuesOf } from '@workflows/command-line';
import { SynthesisError } from '@workflows/local-cloud';

export const DEPLOY = defineCommand({
  name: 'pnpm e2e:deploy',
  description: `Deploys every stack with cdktf, runs the e2e suite, plans again to check that nothing would change, destroys everything
and checks that no resources remain.`,
  options: {
    twoStages: {
      kind: 'flag',
      description: 'deploy a second environment beside the first, and check that neither touches the other',
    },
    json: { kind: 'flag', description: 'print the report as JSON instead of a table' },
  },
  notes: `The target is an emulator that is installed and started for the run, the emulator that AWS_ENDPOINT_URL names, with
E2E_TARGET=hybrid an emulator with the Step Functions of this repository in front of it, or, with E2E_TARGET=aws, the AWS
account that the environment configures.`,
  expectedErrors: [SynthesisError],
  exitCodes: { 0: 'everything passed, and no resources remain', 1: 'something failed' },
});

export type DeployOptions = ValuesOf<typeof DEPLOY>;

/** Where to deploy to. */
export type DeployTarget =
  | { readonly name: 'aws' }
  /** Without an endpoint, one is started. */
  | { readonly name: 'emulator'; readonly endpoint: string | undefined }
  /** A started emulator, and the Step Functions of this repository in front of it. */
  | { readonly name: 'hybrid' };

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
  if (name !== 'aws' && name !== 'hybrid') {
    throw new CommandError(`E2E_TARGET is ${JSON.stringify(name)}; pnpm e2e:deploy knows emulator, hybrid and aws.`);
  }
  if (endpoint !== undefined) {
    throw new CommandError(`E2E_TARGET=${name} and AWS_ENDPOINT_URL are both set: unset one of them.`);
  }
  return { name };
}
