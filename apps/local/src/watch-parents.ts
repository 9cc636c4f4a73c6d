import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often the parents are looked at. */
const WATCH_INTERVAL_MS = 500;

/**
 * Calls back when the process that started this command is gone: a parent that is killed cannot pass a signal on, and
 * would leave the runtime behind.
 */
export function watchParents(environment: NodeJS.ProcessEnv, onGone: () => void): void {
  const parent = process.ppid;
  // A package manager starts the command through a shell, which outlives it, unless the shell has become the command.
  const throughShell = environment.npm_lifecycle_event !== undefined && isShell(parent);
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

function isShell(pid: number): boolean {
  try {
    const name =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/comm`, 'utf8')
        : execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
    return /sh$/.test(name.trim());
  } catch {
    return false;
  }
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
