/** What the stacks, the suite and the lists of a run need to know of its target. */
import { appEnvironment, merge } from '../terraform/environment';
import type { Account } from './inventory';

/** Credentials that emulators accept. */
const EMULATOR_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const;
/** The default of the stacks. */
const DEFAULT_REGION = 'us-east-1';
/** Keeps a run apart from deployments of the same environment in the same account. */
const NAME_PREFIX = 'e2e';

export interface Configuration {
  readonly account: Account;
  /** First part of every resource's name. */
  readonly prefix: string;
  /** By which an AWS SDK finds the target. */
  readonly targetEnv: Readonly<Record<string, string | undefined>>;
  /** The environment that the CDKTF app and Terraform run in. */
  readonly env: NodeJS.ProcessEnv;
}

export const regionOf = (env: NodeJS.ProcessEnv): string => env.WORKFLOWS_REGION || env.AWS_REGION || DEFAULT_REGION;

/** @param endpoint - of an emulator; without one the target is AWS */
export function configure(env: NodeJS.ProcessEnv, endpoint: string | undefined): Configuration {
  const region = regionOf(env);
  const prefix = env.WORKFLOWS_NAME_PREFIX || NAME_PREFIX;
  const common = { WORKFLOWS_REGION: region, WORKFLOWS_NAME_PREFIX: prefix };
  if (endpoint === undefined) {
    const targetEnv = { AWS_REGION: region };
    return { account: { region }, prefix, targetEnv, env: merge(appEnvironment(env), targetEnv, common) };
  }
  const targetEnv = {
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
  };
  return {
    account: { region, endpoint, credentials: EMULATOR_CREDENTIALS },
    prefix,
    targetEnv,
    env: merge(appEnvironment(env), targetEnv, common, {
      WORKFLOWS_ENDPOINT_URL: endpoint,
      WORKFLOWS_EXECUTE_API_URL: env.WORKFLOWS_EXECUTE_API_URL || `${endpoint}/_aws/execute-api/{apiId}/{stage}`,
    }),
  };
}
