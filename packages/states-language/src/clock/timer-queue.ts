import type { CancelTimer } from '../host';

/** A callback due at an instant. `order` keeps timers of one instant in the order in which they were set. */
interface Timer {
  readonly atMs: number;
  readonly order: number;
  callback: (() => void) | undefined;
}

const isBefore = (a: Timer, b: Timer): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** Timers ordered by due time: a binary heap, so that 100,000 waiting executions cost a logarithm each. */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  #order = 0;
  #cancelled = 0;

  /** Timers that were neither taken nor cancelled. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** @returns a function that cancels the timer */
  add(atMs: number, callback: () => void): CancelTimer {
    const timer: Timer = { atMs, order: this.#order++, callback };
    this.#push(timer);
    return () => {
      if (timer.callback !== undefined) {
        timer.callback = undefined;
        this.#cancelled++;
        this.#compact();
      }
    };
  }

  /** Due time of the earliest timer, in epoch milliseconds. */
  peek(): number | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (first.callback !== undefined) {
        return first.atMs;
      }
      this.#pop();
      this.#cancelled--;
    }
    return undefined;
  }

  /** Takes the earliest timer off the queue. */
  take(): (() => void) | undefined {
    if (this.peek() === undefined) {
      return undefined;
    }
    const timer = this.#pop();
    const callback = timer?.callback;
    if (timer !== undefined) {
      timer.callback = undefined;
    }
    return callback;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    heap.push(timer);
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(timer, above)) {
        break;
      }
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) {
      this.#sink(last, 0);
    }
    return first;
  }

  #sink(timer: Timer, from: number): void {
    const heap = this.#heap;
    let index = from;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      if (left === undefined) {
        break;
      }
      const useRight = right !== undefined && isBefore(right, left);
      const child = useRight ? right : left;
      if (!isBefore(child, timer)) {
        break;
      }
      heap[index] = child;
      index = 2 * index + (useRight ? 2 : 1);
    }
    heap[index] = timer;
  }

  /** Drops cancelled timers once they are the majority: a timeout of a year must not outlive its task by a year. */
  #compact(): void {
    if (this.#cancelled < 64 || this.#cancelled * 2 < this.#heap.length) {
      return;
    }
    const live = this.#heap.filter((timer) => timer.callback !== undefined);
    this.#heap.length = 0;
    for (const timer of live) {
      this.#push(timer);
    }
    this.#cancelled = 0;
  }
}
