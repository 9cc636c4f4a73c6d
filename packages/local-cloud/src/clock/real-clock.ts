import type { CancelTimer } from '@workflows/states-language';
import type { RecurringClock } from '../contracts';

/** `setTimeout` takes no more: a longer delay would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Wall-clock time. Its timers do not keep the process alive: what serves requests does. */
export class RealClock implements RecurringClock {
  now(): number {
    return Date.now();
  }

  schedule(atMs: number, callback: () => void): CancelTimer {
    let timer: NodeJS.Timeout | undefined;
    let cancelled = false;
    // Re-armed rather than trusted: a timeout may fire a millisecond early, and the wall clock may be set back.
    const arm = (): void => {
      if (cancelled) {
        return;
      }
      const delayMs = atMs - Date.now();
      if (delayMs <= 0) {
        callback();
      } else {
        wait(delayMs);
      }
    };
    const wait = (delayMs: number): void => {
      timer = setTimeout(arm, Math.min(Math.ceil(delayMs), MAX_TIMEOUT_MS));
      timer.unref();
    };
    const delayMs = atMs - Date.now();
    if (delayMs <= 0) {
      const immediate = setImmediate(arm);
      return () => {
        cancelled = true;
        clearImmediate(immediate);
        clearTimeout(timer);
      };
    }
    wait(delayMs);
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }

  every(intervalMs: number, callback: () => void): CancelTimer {
    let dueMs = this.now() + intervalMs;
    let cancel: CancelTimer;
    const run = (): void => {
      // A machine that slept does not make up for what it missed.
      dueMs += intervalMs * Math.max(1, Math.ceil((this.now() - dueMs) / intervalMs));
      cancel = this.schedule(dueMs, run);
      callback();
    };
    cancel = this.schedule(dueMs, run);
    return () => cancel();
  }

  track<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  whileWaiting<T>(wait: Promise<T>): Promise<T> {
    return wait;
  }
}
