/** The embedded runtime as a process of its own, exactly as `pnpm start` runs it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loopbackPorts } from './loopback-ports';
import { isListening, ManagedProcess, ProcessError } from './managed-process';
import { loadTarget, type Target } from './target';
import { waitUntil } from './wait';

export const repositoryRoot = join(__dirname, '..', '..', '..');

const command = join(repositoryRoot, 'apps', 'local', 'dist', 'main.js');
const readyWithinMs = 60_000;
const endedWithinMs = 15_000;

// The second command keeps the shell from replacing itself with the first.
const belowShell = (line: readonly string[]) => ['/bin/sh', '-c', '"$@"; true', 'sh', ...line];

const spawnArguments = `
  const [file, ...args] = process.argv.slice(1);
  require('node:child_process').spawn(file, args, {
    stdio: 'inherit', env: { ...process.env, npm_lifecycle_event: 'start' } });`;

/** Ways in which the command is started by others. */
const starters = {
  shell: belowShell,
  'package manager': (line: readonly string[]) => [process.execPath, '-e', spawnArguments, ...belowShell(line)],
} as const;

export interface LocalRuntimeOptions {
  /** Options of the command beside the ports and the directory. @default `['--no-demo']` */
  readonly args?: readonly string[];
  /** Added to the environment, for instance `WORKFLOWS_EXTERNAL_SERVICE_URL`. */
  readonly env?: NodeJS.ProcessEnv;
  /** First port. @default 0: all ports are chosen by the system */
  readonly port?: number;
  /** Starts the command through others, as a package manager does; the first of them is then the process. */
  readonly startedBy?: keyof typeof starters;
}

/** A runtime with ports and a directory of its own, so that several run side by side. */
export class LocalRuntime {
  private constructor(
    readonly process: ManagedProcess,
    /** Holds `outputs.json`, `aws.env` and `logs`. */
    readonly directory: string,
  ) {}

  /** Starts the command and returns at once. */
  static launch({ args = ['--no-demo'], env = {}, port = 0, startedBy }: LocalRuntimeOptions = {}): LocalRuntime {
    const directory = mkdtempSync(join(tmpdir(), 'workflows-e2e-'));
    const line = [process.execPath, command, '--port', String(port), '--directory', directory, ...args];
    const [file = '', ...rest] = startedBy === undefined ? line : starters[startedBy](line);
    const child = ManagedProcess.start(file, rest, {
      env: { ...withoutTarget(process.env), ...env },
      cwd: repositoryRoot,
    });
    return new LocalRuntime(child, directory);
  }

  /** Starts the command and waits until it serves. */
  static async start(options?: LocalRuntimeOptions): Promise<LocalRuntime> {
    const runtime = LocalRuntime.launch(options);
    await runtime.ready();
    return runtime;
  }

  get outputsFile(): string {
    return join(this.directory, 'outputs.json');
  }

  get logsDirectory(): string {
    return join(this.directory, 'logs');
  }

  /** Waits until the outputs are there: from then on everything is served. */
  async ready(): Promise<void> {
    const exists = () => (existsSync(this.outputsFile) ? true : undefined);
    await this.process.ready(exists, 'writing its outputs', readyWithinMs);
  }

  /** The outputs, as the suite reads any target's. */
  outputs(): Target {
    return loadTarget({ ...this.environment(), E2E_OUTPUTS: this.outputsFile }, this.directory);
  }

  /** What `.local/aws.env` tells any AWS SDK: endpoint, region and credentials. */
  environment(): Record<string, string> {
    const lines = readFileSync(join(this.directory, 'aws.env'), 'utf8').split('\n');
    const pairs = lines.map((line) => /^(?:export )?([A-Z_]+)=["']?(.*?)["']?$/.exec(line.trim()));
    return Object.fromEntries(
      pairs.flatMap((pair) => (pair?.[1] && pair[2] !== undefined ? [[pair[1], pair[2]]] : [])),
    );
  }

  /** Every port that the runtime says it serves. */
  ports(): number[] {
    const outputs: unknown = JSON.parse(readFileSync(this.outputsFile, 'utf8'));
    return loopbackPorts([...strings(outputs), ...Object.values(this.environment())]);
  }

  /** Names of the files in the runtime's directory. */
  files(): string[] {
    return readdirSync(this.directory);
  }

  /**
   * Ends the runtime as Ctrl-C does, and removes its directory.
   *
   * @throws {ProcessError} if a process or a port outlives it
   */
  async stop(): Promise<void> {
    const ports = this.ports();
    try {
      this.process.interrupt();
      await this.process.ended(endedWithinMs);
      await this.assertNothingLeft(ports);
    } finally {
      await this.discard();
    }
  }

  /** @throws {ProcessError} if a process of the runtime, or one of `ports`, is still there after a moment */
  async assertNothingLeft(ports: readonly number[], withinMs = 5_000): Promise<void> {
    const leftovers = async (): Promise<string[]> => {
      const listening = await Promise.all(
        ports.map(async (port) => ((await isListening(port)) ? [`port ${port}`] : [])),
      );
      return [...this.process.survivors(), ...listening.flat()];
    };
    await waitUntil(leftovers, (left) => left.length === 0, { what: 'processes and ports to be gone', withinMs }).catch(
      (cause) => {
        throw new ProcessError('The runtime left something behind.', { cause });
      },
    );
  }

  /** Ends the runtime whatever it does, and removes its directory. */
  async discard(): Promise<void> {
    await this.process.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The parent's target must not leak into a runtime of its own. */
function withoutTarget(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|E2E_|WORKFLOWS_|NODE_OPTIONS$|JEST_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
