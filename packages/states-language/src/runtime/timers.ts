import type { CancelTimer, Clock } from '../host';

interface Timer {
  readonly atMs: number;
  readonly fire: () => void;
  cancel: CancelTimer | undefined;
}

/** The timers of one execution, numbered so that a journal can name the one that ran. */
export class Timers {
  private readonly timers = new Map<number, Timer>();
  private count = 0;

  /**
   * @param onDue Called by the clock, when live, with the timer's number.
   * @param live `false` while a journal is replayed: then timers wait for {@link goLive}.
   */
  constructor(
    private readonly clock: Clock,
    private readonly onDue: (timer: number) => void,
    private live: boolean,
  ) {}

  /** Returns what withdraws the timer. */
  add(atMs: number, fire: () => void): CancelTimer {
    const id = this.count;
    this.count += 1;
    const timer: Timer = { atMs, fire, cancel: undefined };
    this.timers.set(id, timer);
    if (this.live) {
      timer.cancel = this.clock.schedule(atMs, () => this.onDue(id));
    }
    return () => {
      this.timers.delete(id);
      timer.cancel?.();
    };
  }

  has(id: number): boolean {
    return this.timers.has(id);
  }

  fire(id: number): void {
    const timer = this.timers.get(id);
    this.timers.delete(id);
    timer?.fire();
  }

  goLive(): void {
    this.live = true;
    for (const [id, timer] of this.timers) {
      timer.cancel ??= this.clock.schedule(timer.atMs, () => this.onDue(id));
    }
  }

  clear(): void {
    for (const timer of this.timers.values()) {
      timer.cancel?.();
    }
    this.timers.clear();
  }
}
