/** A child process with everything it starts: begun as a group of its own, ended as one, and accounted for afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { waitUntil } from './wait';

/** The process could not be started, or left something behind. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
}

export interface ProcessOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

const keptOutputCharacters = 100_000;

/** One started command. Output is kept (its last part), so that errors can show it. */
export class ManagedProcess {
  #output = '';
  readonly #exit: Promise<number | NodeJS.Signals>;
  #exitedWith: number | NodeJS.Signals | undefined;

  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;

    child.stdout?.on('data', (chunk: Buffer) => this.#keep(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#exit = once(child, 'close').then(([code, signal]) => {
      this.#exitedWith = code ?? signal;
      return code ?? signal;
    });
  }

  /** Starts a command in a process group of its own, without a terminal. */
  static start(
    command: string,
    args: readonly string[],
    { env = process.env, cwd }: ProcessOptions = {},
  ): ManagedProcess {
    const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'];
    return new ManagedProcess(
      spawn(command, args, { env, detached: true, stdio, ...(cwd === undefined ? {} : { cwd }) }),
    );
  }

  /** Standard output and error so far, mixed (the last 100,000 characters). */
  get printed(): string {
    return this.#output;
  }

  get pid(): number {
    if (this.#child.pid === undefined) {
      throw new ProcessError(`The command did not start: ${this.#output}`);
    }
    return this.#child.pid;
  }

  /** Exit code or signal; `undefined` while it runs. */
  get result(): number | NodeJS.Signals | undefined {
    return this.#exitedWith;
  }

  /** Waits for what `look` finds. @throws {ProcessError} if the process ends before, with what it printed */
  ready<T>(look: () => T | undefined, what: string, withinMs: number): Promise<T> {
    return waitUntil(
      () => {
        if (this.#exitedWith !== undefined) {
          throw new ProcessError(
            `The process ended with ${this.#exitedWith} instead of ${what}. It printed:\n${this.#output}`,
          );
        }
        return look();
      },
      (value): value is T & {} => value !== undefined,
      { what: `${what}; printed so far:\n${this.#output}`, withinMs },
    );
  }

  /** Waits for the end; returns exit code or signal. */
  ended(withinMs: number): Promise<number | NodeJS.Signals> {
    return waitUntil(
      () => this.#exitedWith,
      (value): value is number | NodeJS.Signals => value !== undefined,
      { what: `the end of process ${this.#child.pid}; printed:\n${this.#output}`, withinMs },
    );
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Ctrl-C: an interrupt to the whole group, as a terminal sends it. */
  interrupt(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  /** Processes of the group that still run, as they can be shown. */
  survivors(): string[] {
    return runningProcesses()
      .filter(({ group }) => group === this.pid)
      .map(({ pid, command }) => `process ${pid}: ${command}`);
  }

  /** Ends whatever is left of the group, whatever state it is in. */
  async kill(): Promise<void> {
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch (error) {
      // Not `instanceof Error`: below jest, Node's own errors are of another realm.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
    await this.#exit;
  }

  #keep(chunk: Buffer): void {
    this.#output = `${this.#output}${chunk.toString()}`.slice(-keptOutputCharacters);
  }
}

interface RunningProcess {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

/** All processes but zombies: those have ended, only their parents have not asked yet. */
function runningProcesses(): RunningProcess[] {
  const processes = process.platform === 'linux' ? fromProc() : fromPs();
  return processes.filter(({ state }) => !state.startsWith('Z'));
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(): (RunningProcess & { state: string })[] {
  return readdirSync('/proc').flatMap((entry) => {
    const stat = /^\d+$/.test(entry) ? readOrNothing(`/proc/${entry}/stat`) : '';
    // The command, in parentheses, may hold anything.
    const [state = '', , group = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat === '') {
      return [];
    }
    const command = readOrNothing(`/proc/${entry}/cmdline`).replaceAll('\0', ' ');
    if (command === '') {
      // It has given up its memory: it ends, and is a zombie next.
      return [];
    }
    return [{ pid: Number(entry), group: Number(group), state, command }];
  });
}

/** A process may end between being listed and being read. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function fromPs(): (RunningProcess & { state: string })[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.map((line) => {
    const [pid, group, state = '', ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), group: Number(group), state, command: command.join(' ') };
  });
}

/** True if something accepts connections on a loopback port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
