/** Durations of calls, by what was called. */
export class Latencies {
  readonly #ms = new Map<string, number[]>();

  async time<T>(call: string, work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    const result = await work();
    const known = this.#ms.get(call) ?? [];
    known.push(performance.now() - startedMs);
    this.#ms.set(call, known);
    return result;
  }

  /** One line for each call: how many, and within how many milliseconds the 50th and the 99th of a hundred. */
  lines(): string[] {
    return [...this.#ms].map(([call, durations]) => {
      const sorted = durations.toSorted((a, b) => a - b);
      const at = (share: number) =>
        (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
      return `${call.padEnd(26)} ${String(sorted.length).padStart(7)} calls   p50 ${at(0.5).padStart(8)} ms   p99 ${at(0.99).padStart(8)} ms`;
    });
  }
}
