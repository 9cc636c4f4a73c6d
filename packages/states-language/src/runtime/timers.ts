import type { CancelTimer, Clock } from '../host';
import type { Releasable } from './branch';

/** What a timer is for. */
export interface Due {
  due(): void;
}

class Timer implements Releasable {
  cancel: CancelTimer | undefined;

  readonly #timers: Timers;

  constructor(
    timers: Timers,
    readonly id: number,
    readonly atMs: number,
    readonly purpose: Due,
  ) {
    this.#timers = timers;
  }

  release(): void {
    this.#timers.remove(this.id);
    this.cancel?.();
  }
}

const NONE: readonly Timer[] = [];

/** Who has the timers: told when the clock says that one is due. */
export interface TimerOwner {
  /** `false` while a journal is replayed: then timers wait for {@link Timers.goLive}. */
  readonly live: boolean;
  timerDue(timer: number): void;
}

/** The timers of one execution, numbered so that a journal can name the one that ran. */
export class Timers {
  /** In the order of their numbers. Few, so an array of just the right length costs less than a map. */
  #timers: readonly Timer[] = NONE;
  #count = 0;

  readonly #clock: Clock;
  readonly #owner: TimerOwner;

  constructor(clock: Clock, owner: TimerOwner) {
    this.#clock = clock;
    this.#owner = owner;
  }

  add(atMs: number, purpose: Due): Releasable {
    const timer = new Timer(this, this.#count, atMs, purpose);
    this.#count += 1;
    // `concat` leaves no spare capacity, as a spread does.
    this.#timers = this.#timers.concat(timer);
    if (this.#owner.live) {
      this.#schedule(timer);
    }
    return timer;
  }

  fire(id: number): void {
    this.remove(id)?.purpose.due();
  }

  goLive(): void {
    for (const timer of this.#timers) {
      this.#schedule(timer);
    }
  }

  clear(): void {
    for (const timer of this.#timers) {
      timer.cancel?.();
    }
    this.#timers = NONE;
  }

  /** Takes a timer off the list. */
  remove(id: number): Timer | undefined {
    const found = this.#timers.find((timer) => timer.id === id);
    if (found !== undefined) {
      this.#timers = this.#timers.length === 1 ? NONE : this.#timers.filter((timer) => timer !== found);
    }
    return found;
  }

  #schedule(timer: Timer): void {
    timer.cancel = this.#clock.schedule(timer.atMs, () => this.#owner.timerDue(timer.id));
  }
}
