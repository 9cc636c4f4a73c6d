import type { Clock } from '../../src/clock';

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  #timeMs: number;

  constructor(timeMs: number = Date.parse('2027-01-15T08:00:00.000Z')) {
    this.#timeMs = timeMs;
  }

  now(): number {
    return this.#timeMs;
  }

  advanceSeconds(seconds: number): void {
    this.#timeMs += seconds * 1000;
  }
}
