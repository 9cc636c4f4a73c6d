/** The environment that Terraform and the CDKTF app run in. */
import { join } from 'node:path';
import type { Workspace } from '../workspace';
import type { ProviderSetup } from './cli-config';
import { MIRROR_VARIABLE } from './provider-mirror';

type Variables = Readonly<Record<string, string | undefined>>;

/** Merges environments; a later undefined takes a variable away. */
export function merge(...all: readonly Variables[]): NodeJS.ProcessEnv {
  const merged = Object.assign({}, ...all) as Variables;
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** What every run of Terraform gets: no questions, no calls home, one copy of the provider for all stacks. */
export function terraformEnvironment(env: NodeJS.ProcessEnv, providers: ProviderSetup, workspace: Workspace) {
  const cache: Variables =
    providers.source.kind === 'registry' && env.TF_PLUGIN_CACHE_DIR === undefined
      ? {
          TF_PLUGIN_CACHE_DIR: join(workspace.scratch, 'plugins'),
          // Lock files live in synthesized folders and never outlive a run, so the cache cannot break them.
          TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: 'true',
        }
      : {};
  return merge(
    appEnvironment(env),
    { TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' },
    cache,
    providers.env,
  );
}

/** Nothing listens here: a call that should not be made fails at once, instead of reaching AWS. */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * Takes every account and every network away from an environment: plans made in it are known to have used neither.
 * `init` is not run in it, as that may fetch the provider.
 */
export function withoutNetwork(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return merge(env, {
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    http_proxy: NOWHERE,
    https_proxy: NOWHERE,
    NO_PROXY: '',
  });
}

/** What the CDKTF app gets: it refuses `WORKFLOWS_…` variables that are not its own. */
export function appEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return merge(env, { [MIRROR_VARIABLE]: undefined });
}

/** Makes the CDKTF app synthesize for a plan without an account, whatever account the environment names. */
export function withoutAccount(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const account = Object.keys(env).filter((it) =>
    /^AWS_(PROFILE|DEFAULT_PROFILE|ENDPOINT_URL.*|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE)$/.test(
      it,
    ),
  );
  return merge(env, Object.fromEntries(account.map((it) => [it, undefined])), {
    WORKFLOWS_PLAN_OFFLINE: 'true',
    WORKFLOWS_ENDPOINT_URL: undefined,
    AWS_EC2_METADATA_DISABLED: 'true',
  });
}
