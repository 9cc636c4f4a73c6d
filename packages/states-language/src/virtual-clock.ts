import type { CancelTimer, Clock } from './host';

interface Timer {
  readonly atMs: number;
  readonly sequence: number;
  callback: (() => void) | undefined;
}

/**
 * A clock that moves only when told to: a year passes in milliseconds.
 *
 * @example
 * const clock = new VirtualClock(Date.parse('2026-01-01T00:00:00Z'));
 * clock.schedule(clock.now() + 365 * 86_400_000, () => console.log('a year later'));
 * await clock.runUntilIdle();
 */
export class VirtualClock implements Clock {
  #sequence = 0;
  /** A binary heap, earliest first; timers of one instant run in the order of their scheduling. */
  readonly #heap: Timer[] = [];
  #pending = 0;

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
    return this.#pending;
  }

  schedule(atMs: number, callback: () => void): CancelTimer {
    const timer: Timer = { atMs, sequence: this.#sequence, callback };
    this.#sequence += 1;
    this.#pending += 1;
    this.#push(timer);
    return () => {
      if (timer.callback !== undefined) {
        timer.callback = undefined;
        this.#pending -= 1;
      }
    };
  }

  /** Moves time on by `ms`, running the timers that fall due in order and letting pending work settle between them. */
  async advance(ms: number): Promise<void> {
    const until = this.#nowMs + ms;
    await settle();
    while (this.#runNext(until)) {
      await settle();
    }
    this.#nowMs = Math.max(this.#nowMs, until);
  }

  /** Jumps from timer to timer until none is left and no work is pending. */
  async runUntilIdle(): Promise<void> {
    await settle();
    while (this.#runNext(Number.POSITIVE_INFINITY)) {
      await settle();
    }
  }

  /** Jumps to the earliest timer and runs it. `false` when there is none. */
  async runNextTimer(): Promise<boolean> {
    const ran = this.#runNext(Number.POSITIVE_INFINITY);
    await settle();
    return ran;
  }

  /** Runs the earliest timer that is due by `untilMs`. */
  #runNext(untilMs: number): boolean {
    for (let timer = this.#heap[0]; timer !== undefined && timer.atMs <= untilMs; timer = this.#heap[0]) {
      this.#pop();
      const { callback } = timer;
      if (callback !== undefined) {
        timer.callback = undefined;
        this.#pending -= 1;
        this.#nowMs = Math.max(this.#nowMs, timer.atMs);
        callback();
        return true;
      }
    }
    return false;
  }

  #push(timer: Timer): void {
    let index = this.#heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapUnlessOrdered(parent, index)) {
        return;
      }
      index = parent;
    }
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) {
      return;
    }
    this.#heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = left + 1 < this.#heap.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (child >= this.#heap.length || !this.#swapUnlessOrdered(index, child)) {
        return;
      }
      index = child;
    }
  }

  #swapUnlessOrdered(parent: number, child: number): boolean {
    const [upper, lower] = [this.#heap[parent], this.#heap[child]];
    if (upper === undefined || lower === undefined || !this.#isBefore(child, parent)) {
      return false;
    }
    this.#heap[parent] = lower;
    this.#heap[child] = upper;
    return true;
  }

  #isBefore(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) {
      return false;
    }
    return first.atMs < second.atMs || (first.atMs === second.atMs && first.sequence < second.sequence);
  }
}

/** Promise reactions run to exhaustion before the event loop's next turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
