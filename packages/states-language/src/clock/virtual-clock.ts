import type { CancelTimer, Clock } from '../host';
import { TimerQueue } from './timer-queue';

/**
 * A clock that moves only when told to: a year passes in milliseconds.
 *
 * @example
 * const clock = new VirtualClock(Date.parse('2026-01-01T00:00:00Z'));
 * clock.schedule(clock.now() + 365 * 86_400_000, () => console.log('a year later'));
 * await clock.runUntilIdle();
 */
export class VirtualClock implements Clock {
  readonly #timers = new TimerQueue();
  readonly #held = new Set<Promise<unknown>>();
  #nowMs: number;

  /** @param nowMs Epoch milliseconds that the clock starts from. */
  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** Timers that are scheduled and neither ran nor were cancelled. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** When the earliest timer is due, in epoch milliseconds; `undefined` when there is none. */
  get nextTimerMs(): number | undefined {
    return this.#timers.peek();
  }

  schedule(atMs: number, callback: () => void): CancelTimer {
    return this.#timers.add(atMs, callback);
  }

  hold<T>(work: Promise<T>): Promise<T> {
    this.#held.add(work);
    const release = (): void => {
      this.#held.delete(work);
    };
    work.then(release, release);
    return work;
  }

  /** Moves time on by `ms`, running the timers that fall due in order and letting pending work settle between them. */
  async advance(ms: number): Promise<void> {
    const until = this.#nowMs + ms;
    await this.#settle();
    while (this.runNext(until)) {
      await this.#settle();
    }
    this.#nowMs = Math.max(this.#nowMs, until);
  }

  /** Jumps from timer to timer until none is left and no work is pending. */
  async runUntilIdle(): Promise<void> {
    await this.#settle();
    while (this.runNext()) {
      await this.#settle();
    }
  }

  /** Jumps to the earliest timer, runs it, and lets pending work settle. `false` when there is none. */
  async runNextTimer(): Promise<boolean> {
    const ran = this.runNext();
    await this.#settle();
    return ran;
  }

  /** Jumps to the earliest timer that is due by `untilMs`, and runs it at once. `false` when there is none. */
  runNext(untilMs = Number.POSITIVE_INFINITY): boolean {
    const dueMs = this.#timers.peek();
    if (dueMs === undefined || dueMs > untilMs) {
      return false;
    }
    this.#nowMs = Math.max(this.#nowMs, dueMs);
    this.#timers.take()?.();
    return true;
  }

  /** Promise reactions run to exhaustion before the event loop's next turn; what is held may take more turns. */
  async #settle(): Promise<void> {
    do {
      await new Promise(setImmediate);
    } while (this.#held.size > 0);
  }
}
