/** MiniStack, an emulator of AWS that runs Lambda functions as processes and needs no container. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '@workflows/command-line';
import { startInBackground } from '@workflows/kit';
import type { Context } from '../context';
import { merge } from '../terraform/environment';
import type { Workspace } from '../workspace';
import { freePort } from './free-port';
import { installRequirements } from './python';

const REQUIREMENTS = join(__dirname, '../../ministack/requirements.txt');
const READY_MS = 60_000;
const POLL_MS = 200;

/** The version that the requirements pin. */
function pinnedVersion(): string {
  const version = /^ministack==(.+)$/m.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1];
  if (version === undefined) {
    throw new CommandError(`${REQUIREMENTS} does not pin ministack.`);
  }
  return version;
}

/**
 * Starts MiniStack on a free loopback port, and stops it, and the functions that it runs, at the end of the command.
 *
 * @param functionsEndpoint the AWS endpoint that functions are given; without one it is MiniStack's own
 * @returns its endpoint
 * @throws {CommandError} when it cannot be installed or does not come up
 */
export async function startMiniStack(
  context: Context,
  workspace: Workspace,
  functionsEndpoint?: string,
): Promise<string> {
  const version = pinnedVersion();
  const logs = join(workspace.scratch, 'logs');
  const programs = await installRequirements(context, {
    requirements: REQUIREMENTS,
    directory: join(workspace.local, `ministack-${version}`),
    log: join(logs, 'ministack-install.log'),
  });
  const scratch = join(workspace.scratch, 'ministack-data');
  mkdirSync(scratch, { recursive: true });
  const port = await freePort();
  const logFile = join(logs, 'ministack.log');

  return context.progress.step(`start MiniStack ${version}`, async () => {
    const server = await startInBackground([join(programs, 'ministack')], {
      cwd: scratch,
      env: merge(serverEnvironment(context.env, port, scratch), { AWS_ENDPOINT_URL: functionsEndpoint }),
      logFile,
    });
    context.lifetime.atEnd(() => server.stop());
    const endpoint = `http://localhost:${port}`;
    let exitCode: number | undefined;
    void server.ended.then((code) => {
      exitCode = code;
    });
    const deadline = performance.now() + READY_MS;
    while (!(await isHealthy(endpoint))) {
      context.lifetime.signal.throwIfAborted();
      if (exitCode !== undefined) {
        throw new CommandError(`MiniStack ended with code ${exitCode}; see ${logFile}.`);
      }
      if (performance.now() > deadline) {
        throw new CommandError(`MiniStack is not ready after ${READY_MS / 1000} s; see ${logFile}.`);
      }
      await sleep(POLL_MS);
    }
    return endpoint;
  });
}

/** Only what it needs: functions inherit the emulator's environment, and must not see the user's. */
function serverEnvironment(env: NodeJS.ProcessEnv, port: number, scratch: string): NodeJS.ProcessEnv {
  return merge({
    PATH: env.PATH,
    HOME: scratch,
    TMPDIR: scratch,
    LANG: 'C.UTF-8',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    STATE_DIR: join(scratch, 'state'),
    LAMBDA_EXECUTOR: 'local',
  });
}

async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/_ministack/health`)).ok;
  } catch {
    return false;
  }
}
