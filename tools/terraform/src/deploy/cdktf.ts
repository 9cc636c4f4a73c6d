/** The `cdktf` command, as a person would type it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { CommandError } from '@workflows/command-line';
import { lastLines, run } from '@workflows/kit';

const Manifest = v.object({ bin: v.object({ cdktf: v.string() }) });

/** The last release of Node that `@cdktf/node-pty-prebuilt-multiarch`, without which `cdktf` does not start, has a binary for. */
const LAST_NODE = 22;

/**
 * The file to run with node.
 *
 * @throws {CommandError} when it could not run with this one
 */
export function cdktfProgram(node = process.versions.node): string {
  if (Number.parseInt(node, 10) > LAST_NODE) {
    throw new CommandError(
      `cdktf does not start on Node ${node}: its pseudo-terminal has binaries for Node 20 to ${LAST_NODE}. Run this command with one of those: https://nodejs.org/en/download`,
    );
  }
  const manifest = require.resolve('cdktf-cli/package.json');
  return join(dirname(manifest), v.parse(Manifest, JSON.parse(readFileSync(manifest, 'utf8'))).bin.cdktf);
}

export interface CdktfRun {
  /** Holds `cdktf.json`; state files are kept here. */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly logFile: string;
}

/**
 * Runs `cdktf deploy` or `cdktf destroy` for all stacks.
 *
 * @throws {CommandError} with the end of its output when it fails
 */
export async function cdktf(
  command: 'deploy' | 'destroy',
  args: readonly string[],
  { directory, env, signal, logFile }: CdktfRun,
): Promise<void> {
  const line = [command, '*', '--auto-approve', '--no-color', ...args];
  const finished = await run([process.execPath, cdktfProgram(), ...line], { cwd: directory, env, signal, logFile });
  if (finished.code !== 0) {
    throw new CommandError(`cdktf ${line.join(' ')} failed. See ${logFile}.\n${lastLines(finished)}`);
  }
}
