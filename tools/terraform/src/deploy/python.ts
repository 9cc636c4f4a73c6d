/** A virtual environment of the project's own, for the emulator. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '@workflows/command-line';
import { lastLines, run } from '@workflows/kit';
import type { Context } from '../context';
import { findOnPath } from '../terraform/executable';

const PYTHON_NEEDED =
  'needs Python >= 3.10 with venv to run the emulator MiniStack (https://www.python.org/downloads; Debian: apt install python3-venv), or AWS_ENDPOINT_URL of an emulator that runs already';

/** Prints nothing and exits with 0 when this Python can make a virtual environment for MiniStack. */
const PROBE = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)';

/**
 * Finds a Python that can do what is needed.
 *
 * @throws {CommandError} saying what to install
 */
async function findPython({ env, lifetime }: Pick<Context, 'env' | 'lifetime'>): Promise<string> {
  for (const name of ['python3', 'python']) {
    const file = findOnPath(name, env);
    if (file === undefined) {
      continue;
    }
    const { code } = await run([file, '-c', PROBE], { cwd: '.', env, signal: lifetime.signal });
    if (code === 0) {
      return file;
    }
  }
  throw new CommandError(`pnpm e2e:deploy ${PYTHON_NEEDED}.`);
}

/**
 * Installs requirements into a virtual environment, once: it is made anew when they change, or when an installation was
 * interrupted.
 *
 * @returns the folder of the installed programs
 * @throws {CommandError} with pip's own words when the installation fails
 */
export async function installRequirements(
  context: Pick<Context, 'env' | 'lifetime' | 'progress'>,
  { requirements, directory, log }: { readonly requirements: string; readonly directory: string; readonly log: string },
): Promise<string> {
  const programs = join(directory, 'bin');
  const marker = join(directory, 'requirements.sha256');
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === digest) {
    return programs;
  }

  const python = await findPython(context);
  rmSync(directory, { recursive: true, force: true });
  const options = { cwd: '.', env: context.env, signal: context.lifetime.signal, logFile: log };
  await context.progress.step('install the emulator', async () => {
    for (const command of [
      [python, '-m', 'venv', directory],
      [join(programs, 'python'), '-m', 'pip', 'install', '--quiet', '--requirement', requirements],
    ] as const) {
      const finished = await run(command, options);
      if (finished.code !== 0) {
        throw new CommandError(`MiniStack could not be installed (${command.join(' ')}).\n${lastLines(finished, 10)}`);
      }
    }
  });
  writeFileSync(marker, digest);
  return programs;
}
