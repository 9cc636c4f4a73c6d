import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const APPS = join(__dirname, '..', '..', '..');
const START_TIMEOUT_MS = 60_000;

/** One of this repository's commands as a process of its own, as people run it. */
class Command {
  output = '';
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;

    child.stdout?.on('data', (chunk) => {
      this.output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      this.output += chunk;
    });
  }

  static run(script: string, args: readonly string[], options: { readonly cwd: string }): Command {
    return new Command(spawn(process.execPath, [script, ...args], options));
  }

  /** Resolves when `ready` does not return undefined. @throws with the output when it ends before */
  async until<T>(ready: () => T | undefined): Promise<T> {
    for (let waited = 0; waited < START_TIMEOUT_MS; waited += 50) {
      const value = ready();
      if (value !== undefined) {
        return value;
      }
      if (this.#child.exitCode !== null) {
        throw new Error(`it ended:\n${this.output}`);
      }
      await pause(50);
    }
    throw new Error(`it was not ready in time:\n${this.output}`);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return;
    }
    this.#child.kill(signal);
    await once(this.#child, 'exit');
  }
}

export interface Running {
  readonly url: string;
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface Runtime extends Running {
  /** Where `.local` is. */
  readonly root: string;
  /** The console that comes with it. */
  readonly consoleUrl: string;
  readonly port: number;
  readonly workflowApi: string;
  readonly tasksTable: string;
}

export interface RuntimeOptions {
  readonly port?: number;
  readonly root?: string;
  readonly manual?: boolean;
}

/** `pnpm start` without the demonstration. */
export async function startRuntime({ port = 0, root, manual = false }: RuntimeOptions = {}): Promise<Runtime> {
  const directory = root ?? mkdtempSync(join(tmpdir(), 'console-runtime-'));
  const files = join(directory, '.local');
  const args = [manual ? '--manual' : '--no-demo', '--port', String(port), '--directory', files];
  const command = Command.run(join(APPS, 'local', 'dist', 'main.js'), args, { cwd: join(APPS, '..') });
  await command.until(() => /^Serving/m.exec(command.output) ?? undefined);
  const outputs = await command.until(() =>
    readJson<Record<string, Record<string, string>>>(join(files, 'outputs.json')),
  );
  const environment = await command.until(() => readText(join(files, 'aws.env')));
  const url = /AWS_ENDPOINT_URL='?"?(http:[^\s'"]+)/.exec(environment)?.[1] ?? '';
  return {
    root: directory,
    url,
    consoleUrl: /^Console\s+(http:\/\/[\d.:]+\/)/m.exec(command.output)?.[1] ?? '',
    port: Number(new URL(url).port),
    workflowApi: outputs.WorkflowsStack?.WorkflowApiEndpoint ?? '',
    tasksTable: outputs.WorkflowsStack?.TasksTableName ?? '',
    async end(signal) {
      await command.end(signal);
      if (root === undefined) {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

/** `pnpm console`, for the runtime whose files are below `root`. */
export async function startConsole(root: string, args: readonly string[] = []): Promise<Running> {
  const command = Command.run(join(APPS, 'console', 'dist', 'main.js'), args, { cwd: root });
  const url = await command.until(() => /^http:\S+/m.exec(command.output)?.[0]);
  return { url, end: (signal) => command.end(signal) };
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') || undefined : undefined;
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readText(path) ?? '') as T;
  } catch {
    return undefined;
  }
}
