import { type RuntimeClock, VirtualClock } from '@workflows/local-cloud';

/**
 * Virtual time for a world in which nothing takes real time: functions, networks and people wait on this clock, so it
 * may jump as soon as the event loop has run dry.
 */
export class SimulationClock implements RuntimeClock {
  readonly #clock: VirtualClock;

  constructor(startMs: number) {
    this.#clock = new VirtualClock({ startMs });
  }

  now(): number {
    return this.#clock.now();
  }

  schedule(atMs: number, callback: () => void): () => void {
    return this.#clock.schedule(atMs, callback);
  }

  /** Resolves after so many virtual milliseconds. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.schedule(this.now() + ms, resolve);
    });
  }

  track<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  whileWaiting<T>(wait: Promise<T>): Promise<T> {
    return wait;
  }

  /** Keeps time from passing until `work` is done: for what takes turns of the event loop of its own. */
  hold<T>(work: Promise<T>): Promise<T> {
    return this.#clock.track(work);
  }
}
