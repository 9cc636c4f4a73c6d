/**
 * Finding a provider mirror on disk, so that Terraform needs no network. A mirror is the folder above one named
 * `registry.terraform.io`, in either of Terraform's layouts.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies, valid } from 'semver';

export const REGISTRY = 'registry.terraform.io';

/** Names the folder that contains `registry.terraform.io/`. */
export const MIRROR_VARIABLE = 'WORKFLOWS_TF_PROVIDER_MIRROR';

/** A provider that a stack requires. */
export interface RequiredProvider {
  /** Namespace and type, such as `hashicorp/aws`. */
  readonly source: string;
  /** Version constraint in Terraform's notation; only comparison operators are understood. */
  readonly version: string;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm', ia32: '386' };
const SYSTEMS: Readonly<Record<string, string>> = { win32: 'windows' };

/** Terraform's name of a platform, such as `linux_amd64`. */
export function platformName(system: string = process.platform, architecture: string = process.arch): string {
  return `${SYSTEMS[system] ?? system}_${ARCHITECTURES[architecture] ?? architecture}`;
}

/** Whether a mirror holds a version of each provider that meets its constraint, for this platform. */
export function mirrorHolds(
  mirror: string,
  required: readonly RequiredProvider[],
  platform: string = platformName(),
): boolean {
  return required.every(({ source, version }) =>
    mirroredVersions(join(mirror, REGISTRY, source), platform).some((it) => meets(it, version)),
  );
}

function meets(version: string, constraint: string): boolean {
  return satisfies(version, constraint.replaceAll(',', ' '));
}

/** Versions in a provider's folder: `<version>/<platform>/` unpacked, or `…_<version>_<platform>.zip` packed. */
function mirroredVersions(folder: string, platform: string): string[] {
  return list(folder).flatMap((name) => {
    if (valid(name) !== null) {
      return existsSync(join(folder, name, platform)) ? [name] : [];
    }
    const packed = /^terraform-provider-[^_]+_(.+)\.zip$/.exec(name)?.[1];
    return packed?.endsWith(`_${platform}`) ? [packed.slice(0, -platform.length - 1)] : [];
  });
}

/**
 * Where Terraform itself looks, without any configuration.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function impliedMirrors(env: NodeJS.ProcessEnv, workingDirectory: string): string[] {
  const home = env.HOME ?? '';
  const data = (env.XDG_DATA_DIRS ?? '').split(':').filter((it) => it !== '');
  const perSystem =
    process.platform === 'darwin'
      ? [
          join(home, 'Library/Application Support/io.terraform/plugins'),
          '/Library/Application Support/io.terraform/plugins',
        ]
      : [
          join(env.XDG_DATA_HOME ?? join(home, '.local/share'), 'terraform/plugins'),
          ...(data.length > 0 ? data : ['/usr/local/share', '/usr/share']).map((it) => join(it, 'terraform/plugins')),
        ];
  return [join(workingDirectory, 'terraform.d/plugins'), join(home, '.terraform.d/plugins'), ...perSystem];
}

/** Folders below which programs and their data are installed by hand or by packages. */
export function usualRoots(env: NodeJS.ProcessEnv): string[] {
  return [env.HOME, '/opt', '/usr/local', '/usr/share', '/usr/lib', '/var/lib', '/srv'].filter(
    (it): it is string => it !== undefined && it !== '',
  );
}

/** Never part of a mirror, and large. */
const SKIPPED = new Set(['node_modules', '.git', '.terraform', '.cache', 'proc', 'sys', 'docker', 'containerd']);
const MAX_DEPTH = 4;
const MAX_FOLDERS = 20_000;

/**
 * Mirrors below some roots, nearest first: at most four levels deep and 20 000 folders, so that a large home does not hold
 * the command up. Links are not followed.
 */
export function searchMirrors(roots: readonly string[]): string[] {
  const found: string[] = [];
  let level = [...roots];
  let visited = 0;
  for (let depth = 0; depth <= MAX_DEPTH && visited < MAX_FOLDERS; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      visited += 1;
      if (visited > MAX_FOLDERS) {
        break;
      }
      const children = listFolders(folder);
      if (children.includes(REGISTRY)) {
        found.push(folder);
      }
      next.push(...children.filter((it) => it !== REGISTRY && !SKIPPED.has(it)).map((it) => join(folder, it)));
    }
    level = next;
  }
  return found;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Unreadable folders count as empty: the search is a convenience. */
function listFolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((it) => it.isDirectory())
      .map((it) => it.name)
      .sort();
  } catch {
    return [];
  }
}
