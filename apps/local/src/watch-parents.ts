import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often the parents are looked at. */
const WATCH_INTERVAL_MS = 500;

/**
 * Aborts when the command is to end: on Ctrl-C, on SIGTERM and SIGHUP, when the process that started it is gone, and
 * when nobody reads on (`pnpm start | head`). A parent that is killed cannot pass the signal on, and would leave the
 * runtime behind.
 */
export function watchForEnd(environment: NodeJS.ProcessEnv): AbortSignal {
  const controller = new AbortController();
  const end = (why: string) => {
    // Asked a second time while closing: at once.
    if (controller.signal.aborted) {
      process.exit(130);
    }
    controller.abort(new Error(why));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => end(signal));
  }
  // Each further write fails as well.
  process.stdout.on('error', () => {
    if (!controller.signal.aborted) {
      end('nobody reads the output');
    }
  });
  // A package manager starts the command through a shell, which outlives it.
  const throughShell = environment.npm_lifecycle_event !== undefined;
  watchParents(throughShell, () => {
    if (!controller.signal.aborted) {
      end('the parent process is gone');
    }
  });
  return controller.signal;
}

function watchParents(throughShell: boolean, onGone: () => void): void {
  const parent = process.ppid;
  const grandparent = throughShell ? parentOf(parent) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (grandparent === undefined || isParentOf(grandparent, parent))) {
      return;
    }
    clearInterval(timer);
    onGone();
  }, WATCH_INTERVAL_MS);
  timer.unref();
}

function parentOf(pid: number): number | undefined {
  try {
    if (process.platform === 'linux') {
      return parentInProc(pid);
    }
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim()) || undefined;
  } catch {
    return undefined;
  }
}

function isParentOf(grandparent: number, parent: number): boolean {
  try {
    if (process.platform === 'linux') {
      return parentInProc(parent) === grandparent;
    }
    process.kill(grandparent, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The fourth field, after a name in parentheses that may contain anything. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function parentInProc(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
