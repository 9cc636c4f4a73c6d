import { type CancelTimer, VirtualClock } from '@workflows/states-language';
import type { RecurringClock } from '../contracts';

/** What recurs: due at an instant, and then again each time that the interval has passed. */
interface Recurrence {
  readonly intervalMs: number;
  readonly callback: () => void;
  dueMs: number;
}

export interface AutoAdvancingClockOptions {
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
  /**
   * Whether time stands still while tracked work is in flight. `false` for a simulation, where tracked work waits for
   * nothing but this clock, and would otherwise wait forever.
   * @default true
   */
  readonly tracksWork?: boolean;
}

/**
 * A virtual clock that advances by itself when nothing else can happen: as soon as no tracked work is in flight and the
 * event loop has run dry, it jumps to the next timer. A year of waiting takes milliseconds, and no timer overtakes an
 * answer that is under way.
 *
 * @example
 * const clock = new AutoAdvancingClock({ startMs: 0 });
 * clock.schedule(365 * 24 * 3600 * 1000, () => console.log('a year later'));
 */
export class AutoAdvancingClock implements RecurringClock {
  readonly #clock: VirtualClock;
  readonly #recurrences = new Set<Recurrence>();
  readonly #idleMs: number;
  readonly #tracksWork: boolean;
  #inFlight = 0;
  #checking = false;
  #activity = 0;

  constructor(options: AutoAdvancingClockOptions = {}) {
    this.#clock = new VirtualClock(options.startMs ?? Date.now());
    this.#idleMs = options.idleMs ?? 0;
    this.#tracksWork = options.tracksWork ?? true;
  }

  now(): number {
    return this.#clock.now();
  }

  schedule(atMs: number, callback: () => void): CancelTimer {
    const cancel = this.#clock.schedule(atMs, callback);
    this.#checkWhenIdle();
    return cancel;
  }

  every(intervalMs: number, callback: () => void): CancelTimer {
    const recurrence: Recurrence = { intervalMs, callback, dueMs: this.now() + intervalMs };
    this.#recurrences.add(recurrence);
    return () => {
      this.#recurrences.delete(recurrence);
    };
  }

  /** Resolves when so many virtual milliseconds have passed. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.schedule(this.now() + ms, resolve);
    });
  }

  track<T>(work: Promise<T>): Promise<T> {
    return this.#tracksWork ? this.hold(work) : work;
  }

  /** Keeps time from passing until `work` settles, whether or not work is tracked; returns `work`. */
  hold<T>(work: Promise<T>): Promise<T> {
    this.#inFlight++;
    const settled = (): void => {
      this.#inFlight--;
      this.#activity++;
      this.#checkWhenIdle();
    };
    work.then(settled, settled);
    return work;
  }

  whileWaiting<T>(wait: Promise<T>): Promise<T> {
    return this.#tracksWork ? this.#release(wait) : wait;
  }

  async #release<T>(wait: Promise<T>): Promise<T> {
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
    if (this.#idleMs > 0 && this.#clock.nextTimerMs !== this.now()) {
      setTimeout(check, this.#idleMs).unref();
    } else {
      setImmediate(() => setImmediate(check));
    }
  }

  /** Advances to the next timer and runs it; what it causes settles before the one after it. */
  #jump(): void {
    if (this.#clock.runNext()) {
      this.#runRecurrences();
      this.#checkWhenIdle();
    }
  }

  /** A year in one jump is one turn of what recurs every five minutes, not a hundred thousand. */
  #runRecurrences(): void {
    const nowMs = this.now();
    for (const recurrence of this.#recurrences) {
      const { callback, dueMs, intervalMs } = recurrence;
      if (dueMs > nowMs) {
        continue;
      }
      recurrence.dueMs = dueMs + intervalMs * (Math.floor((nowMs - dueMs) / intervalMs) + 1);
      callback();
    }
  }
}
