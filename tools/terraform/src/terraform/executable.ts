/** Finding Terraform. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandError } from '@workflows/command-line';
import { run } from '@workflows/kit';

export interface Terraform {
  /** File to execute. */
  readonly file: string;
  readonly version: string;
}

const INSTALL = 'install Terraform >= 1.10: https://developer.hashicorp.com/terraform/install';

/**
 * The first executable of that name on the path, or undefined. Looked up here and not by the shell, so that the error
 * can be one line of ours.
 */
export function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((it) => it !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds `terraform`, or what `TERRAFORM_BINARY_NAME` names (as CDKTF does).
 *
 * @throws {CommandError} saying what to install
 */
export async function findTerraform(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Terraform> {
  const name = env.TERRAFORM_BINARY_NAME ?? 'terraform';
  const file = name.includes('/') ? name : findOnPath(name, env);
  if (file === undefined || !isExecutable(file)) {
    throw new CommandError(`${name} is not on the PATH: ${INSTALL}`);
  }
  const { code, stdout } = await run([file, 'version', '-json'], { cwd: '.', env, signal });
  const version = code === 0 ? parseVersion(stdout) : undefined;
  if (version === undefined) {
    throw new CommandError(`${file} version -json does not report a version: ${INSTALL}`);
  }
  return { file, version };
}

function parseVersion(text: string): string | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== 'object' || content === null || !('terraform_version' in content)) {
      return undefined;
    }
    return typeof content.terraform_version === 'string' ? content.terraform_version : undefined;
  } catch {
    return undefined;
  }
}
