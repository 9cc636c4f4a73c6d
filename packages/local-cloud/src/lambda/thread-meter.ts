import type { EventLoopUtilization } from 'node:perf_hooks';

/** The event loop of a thread, as `performance` and `worker.performance` tell of it. */
export interface ThreadLoop {
  eventLoopUtilization(): EventLoopUtilization;
}

/** Shorter intervals say little. */
const MIN_INTERVAL_MS = 200;
/** What a longer one says is about the past. */
const MAX_INTERVAL_MS = 1000;
/**
 * Share of the runtime's time, and of that of all processors, from which on there is no capacity left. Threads that wait for
 * something else hardly take any; and one that has work, but waits for a processor to begin it, looks idle.
 */
const FULL = 0.3;

/**
 * Whether a thread more would find something to do its work with: a processor, and the runtime itself, which answers
 * what functions ask of AWS. Only this process counts: when other programs occupy the machine, functions that wait for
 * something else still do so side by side.
 */
export class ThreadMeter {
  readonly #last = new Map<ThreadLoop, EventLoopUtilization>();
  #atMs: number;
  #hasCapacity = false;

  readonly #runtime: ThreadLoop;
  readonly #processors: number;
  readonly #nowMs: () => number;

  /**
   * @param runtime the loop of the thread that answers functions
   * @param nowMs monotonic
   */
  constructor(runtime: ThreadLoop, processors: number, nowMs: () => number) {
    this.#runtime = runtime;
    this.#processors = processors;
    this.#nowMs = nowMs;

    this.watch(runtime);
    this.#atMs = nowMs();
  }

  watch(loop: ThreadLoop): void {
    this.#last.set(loop, loop.eventLoopUtilization());
  }

  forget(loop: ThreadLoop): void {
    this.#last.delete(loop);
  }

  /** Since it was last asked; not, when that is too long ago to tell of now. */
  hasCapacity(): boolean {
    const intervalMs = this.#nowMs() - this.#atMs;
    if (intervalMs < MIN_INTERVAL_MS) {
      return this.#hasCapacity;
    }
    this.#atMs += intervalMs;
    const busy = new Map([...this.#last.keys()].map((loop) => [loop, this.#busy(loop)]));
    const together = [...busy.values()].reduce((sum, share) => sum + share, 0);
    this.#hasCapacity =
      intervalMs <= MAX_INTERVAL_MS && (busy.get(this.#runtime) ?? 0) < FULL && together < FULL * this.#processors;
    return this.#hasCapacity;
  }

  /** Share of the time since the last reading, from 0 to 1, in which the thread was not idle. */
  #busy(loop: ThreadLoop): number {
    const reading = loop.eventLoopUtilization();
    const last = this.#last.get(loop) ?? reading;
    this.#last.set(loop, reading);
    const activeMs = reading.active - last.active;
    const totalMs = activeMs + reading.idle - last.idle;
    return totalMs > 0 ? activeMs / totalMs : 0;
  }
}
