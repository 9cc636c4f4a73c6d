/**
 * Child processes, each in a group of its own: Ctrl-C in a terminal reaches this process only, which passes it on once.
 * Terraform takes a second SIGINT as an order to drop everything, so it must not get one from the terminal and one from here.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError } from '@workflows/command-line';

/** How long a process may take to end after it was asked to, before it is killed. */
const GRACE_MS = 15_000;

interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** When aborted, the process is interrupted, and killed if that does not end it. */
  readonly signal: AbortSignal;
  /** What it prints is kept here, stdout and stderr as they come. @default - not kept */
  readonly logFile?: string;
  /** Called with what it prints to stderr. @default - none */
  readonly onStderr?: (text: string) => void;
}

export interface Finished {
  /** Exit code; 128 and more when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

const groups = new Set<number>();

/** The last resort when this process ends with children still running. */
function killAllGroups(): void {
  for (const group of groups) {
    signalGroup(group, 'SIGKILL');
  }
}

process.once('exit', killAllGroups);

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}

/** A process that runs until it is stopped. */
interface Background {
  readonly pid: number;
  /** Resolves with the exit code, whatever ended it. */
  readonly ended: Promise<number>;
  /** Asks it to end, waits, and kills what is left of its group. */
  stop(): Promise<void>;
}

/**
 * Starts a process in the background; its output goes to a log file.
 *
 * @throws {CommandError} when it cannot be started
 */
export async function startInBackground(
  command: readonly [string, ...string[]],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly logFile: string },
): Promise<Background> {
  const { child, pid } = await start(command, options);
  const log = openLog(options.logFile);
  child.stdout?.on('data', log.write);
  child.stderr?.on('data', log.write);
  const ended = exitCode(child).finally(log.close);
  return {
    pid,
    ended,
    stop: async () => {
      await endGroup(pid, 'SIGTERM', ended);
    },
  };
}

/**
 * Runs a process to its end.
 *
 * @throws {CommandError} when it cannot be started
 * @throws the signal's reason when aborted, after the process has ended
 */
export async function run(command: readonly [string, ...string[]], options: RunOptions): Promise<Finished> {
  options.signal.throwIfAborted();
  const startedAt = performance.now();
  const { child, pid } = await start(command, options);
  const log = options.logFile === undefined ? undefined : openLog(options.logFile);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      log?.write(text);
      if (name === 'stderr') {
        options.onStderr?.(text);
      }
    });
  }
  const ended = exitCode(child);
  const stop = (): void => void endGroup(pid, 'SIGINT', ended);
  options.signal.addEventListener('abort', stop, { once: true });
  const code = await ended;
  log?.close();
  options.signal.removeEventListener('abort', stop);
  groups.delete(pid);
  options.signal.throwIfAborted();
  return { code, ...output, seconds: (performance.now() - startedAt) / 1000 };
}

async function start(
  [file, ...args]: readonly [string, ...string[]],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new CommandError(`Cannot start ${file} in ${cwd}: ${cause.message}`, { cause })),
    );
  });
  const pid = child.pid ?? 0;
  groups.add(pid);
  return { child, pid };
}

/** Resolves when the process has ended and all that it printed was read. */
function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
}

async function endGroup(pid: number, signal: NodeJS.Signals, ended: Promise<number>): Promise<void> {
  signalGroup(pid, signal);
  const killer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(killer);
  // Grandchildren that outlived their parent are of the same group.
  signalGroup(pid, 'SIGKILL');
  groups.delete(pid);
}

interface Log {
  write(text: string | Uint8Array): void;
  close(): void;
}

/** Written through a descriptor: the log goes on when somebody clears the folder in the middle of a run. */
function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  return {
    write: (text) => void (typeof text === 'string' ? writeSync(descriptor, text) : writeSync(descriptor, text)),
    close: () => closeSync(descriptor),
  };
}

/** The end of what a failed process printed, for an error message. */
export function lastLines({ stdout, stderr }: Finished, count = 30): string {
  const text = stderr.trim() === '' ? stdout : stderr;
  return text.trim().split('\n').slice(-count).join('\n');
}
