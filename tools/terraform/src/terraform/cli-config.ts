/** Which CLI configuration Terraform runs with, so that providers come from disk when they are there. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '@workflows/command-line';
import {
  impliedMirrors,
  MIRROR_VARIABLE,
  mirrorHolds,
  REGISTRY,
  type RequiredProvider,
  searchMirrors,
  usualRoots,
} from './provider-mirror';
import { names, type ProviderSource } from './provider-source';

export interface ProviderSetup {
  readonly source: ProviderSource;
  /** To be merged over the environment of Terraform; an undefined value takes a variable away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Removes the temporary files. */
  readonly remove: () => void;
}

/** What the search looks at; tests give their own. */
export interface SetupContext {
  readonly env: NodeJS.ProcessEnv;
  readonly workingDirectory: string;
  /** @default - {@link usualRoots} */
  readonly roots?: readonly string[];
}

/**
 * Decides where providers come from: the mirror that `WORKFLOWS_TF_PROVIDER_MIRROR` names; the user's CLI configuration, when it
 * says how providers are installed; a directory that Terraform looks at by itself; a mirror below the usual roots; or else
 * the registry. A `TF_CLI_CONFIG_FILE` that names no file is dropped, as Terraform would warn about it in every output.
 *
 * @throws {CommandError} when `WORKFLOWS_TF_PROVIDER_MIRROR` names a folder without the providers
 */
export function setUpProviders(required: readonly RequiredProvider[], context: SetupContext): ProviderSetup {
  const { env } = context;
  const config = readCliConfig(env);
  const dropped = config.dangling ? { TF_CLI_CONFIG_FILE: undefined } : {};
  const asIs = (source: ProviderSource): ProviderSetup => ({ source, env: dropped, remove: () => undefined });

  const named = env[MIRROR_VARIABLE];
  if (named !== undefined && named !== '') {
    if (!mirrorHolds(named, required)) {
      throw new CommandError(
        `${MIRROR_VARIABLE}=${named} holds no ${names(required)} for this platform; it has to be the folder that contains ${REGISTRY}/.`,
      );
    }
    return useMirror(named, required, config.text);
  }
  if (/^\s*provider_installation\b/m.test(config.text)) {
    return asIs({ kind: 'cli-config' });
  }
  if (impliedMirrors(env, context.workingDirectory).some((it) => mirrorHolds(it, required))) {
    return asIs({ kind: 'implied-mirror' });
  }
  const found = searchMirrors(context.roots ?? usualRoots(env)).find((it) => mirrorHolds(it, required));
  return found === undefined ? asIs({ kind: 'registry' }) : useMirror(found, required, config.text);
}

interface CliConfig {
  readonly text: string;
  /** `TF_CLI_CONFIG_FILE` names a file that is not there. */
  readonly dangling: boolean;
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#locations */
function readCliConfig(env: NodeJS.ProcessEnv): CliConfig {
  const named = env.TF_CLI_CONFIG_FILE ?? env.TERRAFORM_CONFIG;
  const dangling = named !== undefined && !isFile(named);
  const file = named === undefined || dangling ? join(env.HOME ?? '', '.terraformrc') : named;
  return { text: isFile(file) ? readFileSync(file, 'utf8') : '', dangling };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Keeps what the user configured (credentials, caches) and says where the mirrored providers are. */
function useMirror(directory: string, required: readonly RequiredProvider[], userConfig: string): ProviderSetup {
  const folder = mkdtempSync(join(tmpdir(), 'workflows-terraform-'));
  const file = join(folder, 'cli.tfrc');
  const providers = JSON.stringify(required.map(({ source }) => `${REGISTRY}/${source}`));
  const installation = [
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(directory)}`,
    `    include = ${providers}`,
    '  }',
    '  direct {',
    `    exclude = ${providers}`,
    '  }',
    '}',
  ].join('\n');
  writeFileSync(file, `${withoutInstallation(userConfig)}\n${installation}\n`);
  return {
    source: { kind: 'mirror', directory },
    env: {
      TF_CLI_CONFIG_FILE: file,
      // `cdktf` locks providers after init, which asks the registry unless told otherwise.
      TF_CLI_ARGS_providers_lock: `-fs-mirror=${directory}`,
      // Unpacked mirrors are linked; a cache in between would only copy.
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Terraform takes one `provider_installation` block; the explicit variable outranks the file's. */
function withoutInstallation(config: string): string {
  const start = /^\s*provider_installation\b[^{]*\{/m.exec(config);
  if (start === null) {
    return config;
  }
  let depth = 0;
  for (let index = start.index; index < config.length; index += 1) {
    if (config[index] === '{') {
      depth += 1;
    }
    if (config[index] === '}') {
      depth -= 1;
      if (depth === 0) {
        return config.slice(0, start.index) + config.slice(index + 1);
      }
    }
  }
  return config.slice(0, start.index);
}
