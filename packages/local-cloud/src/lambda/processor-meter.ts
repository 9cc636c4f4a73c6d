import { cpus } from 'node:os';

/** Shorter intervals say little. */
const MIN_INTERVAL_MS = 20;

/** How busy the machine's processors are, with whatever: a thread more only helps while one of them has nothing to do. */
export class ProcessorMeter {
  #atMs = performance.now();
  #times = processorTimes();
  #busy = 0;

  /** From 0 to 1, since it was last asked. */
  busy(): number {
    if (performance.now() - this.#atMs < MIN_INTERVAL_MS) return this.#busy;
    const times = processorTimes();
    const totalMs = times.totalMs - this.#times.totalMs;
    // Processors are counted in ticks of ten milliseconds: in between, nothing has changed.
    if (totalMs > 0) this.#busy = 1 - (times.idleMs - this.#times.idleMs) / totalMs;
    this.#times = times;
    this.#atMs = performance.now();
    return this.#busy;
  }
}

function processorTimes(): { readonly idleMs: number; readonly totalMs: number } {
  let idleMs = 0;
  let totalMs = 0;
  for (const { times } of cpus()) {
    idleMs += times.idle;
    totalMs += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { idleMs, totalMs };
}
