import type { CancelTimer } from '@workflows/states-language';
import type { RecurringClock } from '../contracts';
import { TimerQueue } from './timer-queue';

/** What recurs: due at an instant, and then again each time that the interval has passed. */
interface Recurrence {
  readonly intervalMs: number;
  readonly callback: () => void;
  dueMs: number;
}

export interface VirtualClockOptions {
  /**
   * First instant, in epoch milliseconds.
   * @default - the wall clock's at construction
   */
  readonly startMs?: number;
  /**
   * Real milliseconds without anything in flight before time jumps: leaves a client outside the process, whose
   * thinking cannot be seen from here, the time to send its next request (a callback, for instance).
   * @default 0
   */
  readonly idleMs?: number;
}

/**
 * Time that passes only when nothing else can happen: as soon as no tracked work is in flight and the event loop has
 * run dry, it jumps to the next timer. A year of waiting takes milliseconds, and no timer ever overtakes an answer
 * that was under way.
 *
 * @example
 * const clock = new VirtualClock({ startMs: 0 });
 * clock.schedule(365 * 24 * 3600 * 1000, () => console.log('a year later'));
 */
export class VirtualClock implements RecurringClock {
  readonly #timers = new TimerQueue();
  readonly #recurrences = new Set<Recurrence>();
  readonly #idleMs: number;
  #nowMs: number;
  #inFlight = 0;
  #checking = false;
  #activity = 0;

  constructor(options: VirtualClockOptions = {}) {
    this.#nowMs = options.startMs ?? Date.now();
    this.#idleMs = options.idleMs ?? 0;
  }

  now(): number {
    return this.#nowMs;
  }

  schedule(atMs: number, callback: () => void): CancelTimer {
    const cancel = this.#timers.add(atMs, callback);
    this.#checkWhenIdle();
    return cancel;
  }

  every(intervalMs: number, callback: () => void): CancelTimer {
    const recurrence: Recurrence = { intervalMs, callback, dueMs: this.#nowMs + intervalMs };
    this.#recurrences.add(recurrence);
    return () => {
      this.#recurrences.delete(recurrence);
    };
  }

  track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight++;
    const settled = (): void => {
      this.#inFlight--;
      this.#activity++;
      this.#checkWhenIdle();
    };
    work.then(settled, settled);
    return work;
  }

  async whileWaiting<T>(wait: Promise<T>): Promise<T> {
    this.#inFlight--;
    this.#checkWhenIdle();
    try {
      return await wait;
    } finally {
      this.#inFlight++;
    }
  }

  /** Looks, once the event loop has run dry, whether time may jump. Two turns: the first may settle promises that start work. */
  #checkWhenIdle(): void {
    if (this.#checking || this.#inFlight > 0) {
      return;
    }
    this.#checking = true;
    const activity = this.#activity;
    const check = (): void => {
      this.#checking = false;
      if (this.#inFlight > 0) {
        return;
      }
      if (this.#activity !== activity) {
        this.#checkWhenIdle();
        return;
      }
      this.#jump();
    };
    if (this.#idleMs > 0 && this.#timers.peek() !== this.#nowMs) {
      setTimeout(check, this.#idleMs).unref();
    } else {
      setImmediate(() => setImmediate(check));
    }
  }

  /** Advances to the next timer and runs it; what it causes settles before the one after it. */
  #jump(): void {
    const dueMs = this.#timers.peek();
    if (dueMs === undefined) {
      return;
    }
    this.#nowMs = Math.max(this.#nowMs, dueMs);
    this.#timers.take()?.();
    this.#runRecurrences();
    this.#checkWhenIdle();
  }

  /** A year in one jump is one turn of what recurs every five minutes, not a hundred thousand. */
  #runRecurrences(): void {
    for (const recurrence of this.#recurrences) {
      const { callback, dueMs, intervalMs } = recurrence;
      if (dueMs > this.#nowMs) {
        continue;
      }
      recurrence.dueMs = dueMs + intervalMs * (Math.floor((this.#nowMs - dueMs) / intervalMs) + 1);
      callback();
    }
  }
}
