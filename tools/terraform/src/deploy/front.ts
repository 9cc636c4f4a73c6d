/** The Step Functions of this repository, in front of an emulator that has all other services. */
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '@workflows/command-line';
import { startInBackground } from '@workflows/kit';
import type { Context } from '../context';
import { merge } from '../terraform/environment';
import type { Workspace } from '../workspace';

const READY_MS = 30_000;
const POLL_MS = 100;

/**
 * Starts Step Functions on a port, and stops it at the end of the command. Requests for all other services are passed
 * on to the emulator.
 *
 * @throws {CommandError} when it does not come up
 */
export async function startFront(
  context: Context,
  workspace: Workspace,
  { port, region, emulator }: { readonly port: number; readonly region: string; readonly emulator: string },
): Promise<void> {
  const program = join(dirname(require.resolve('@workflows/local-cloud/package.json')), 'dist/serve/main.js');
  const options = ['--port', String(port), '--region', region, '--services', 'states', '--aws-endpoint', emulator];
  const logFile = join(workspace.scratch, 'logs', 'step-functions.log');
  await context.progress.step('start Step Functions in front of the emulator', async () => {
    const server = await startInBackground([process.execPath, program, ...options], {
      cwd: workspace.root,
      env: merge({ PATH: context.env.PATH }),
      logFile,
    });
    context.lifetime.atEnd(() => server.stop());
    const deadline = performance.now() + READY_MS;
    while (!(await answers(`http://127.0.0.1:${port}`))) {
      context.lifetime.signal.throwIfAborted();
      if (performance.now() > deadline) {
        throw new CommandError(`Step Functions is not ready after ${READY_MS / 1000} s; see ${logFile}.`);
      }
      await sleep(POLL_MS);
    }
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}
