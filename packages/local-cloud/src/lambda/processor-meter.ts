import { availableParallelism } from 'node:os';

/** Shorter intervals say little. */
const MIN_INTERVAL_MS = 20;

/** How busy this process, threads included, keeps the machine's processors. */
export class ProcessorMeter {
  #atMs = performance.now();
  #usage = process.cpuUsage();
  #busy = 0;

  /** From 0 to 1, since it was last asked. */
  busy(): number {
    const elapsedMs = performance.now() - this.#atMs;
    if (elapsedMs < MIN_INTERVAL_MS) return this.#busy;
    const { system, user } = process.cpuUsage(this.#usage);
    this.#busy = (system + user) / 1000 / (elapsedMs * availableParallelism());
    this.#usage = process.cpuUsage();
    this.#atMs = performance.now();
    return this.#busy;
  }
}
