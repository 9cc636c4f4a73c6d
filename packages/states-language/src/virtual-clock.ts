import type { CancelTimer, Clock } from './host';

/** A clock that moves only when told to: a year passes in milliseconds. */
export class VirtualClock implements Clock {
  constructor(private nowMs: number) {}

  now(): number {
    return this.nowMs;
  }

  schedule(_atMs: number, _callback: () => void): CancelTimer {
    throw new Error('not built yet');
  }

  /** Moves time on by `ms`, running the timers that fall due in order and letting pending work settle between them. */
  advance(_ms: number): Promise<void> {
    throw new Error('not built yet');
  }

  /** Jumps from timer to timer until none is left and no work is pending. */
  runUntilIdle(): Promise<void> {
    throw new Error('not built yet');
  }
}
