/** The events of a run in order, to explain a failure. */
export class Timeline {
  readonly #lines: { readonly atMs: number; readonly who: string; readonly what: string }[] = [];
  #startMs = 0;

  start(nowMs: number): void {
    this.#startMs = nowMs;
    this.#lines.length = 0;
  }

  add(nowMs: number, who: string, what: string): void {
    this.#lines.push({ atMs: nowMs - this.#startMs, who, what });
  }

  get lines(): string[] {
    return this.#lines.map(
      ({ atMs, what, who }) => `${(atMs / 1000).toFixed(3).padStart(12)} s  ${who.padEnd(26)} ${what}`,
    );
  }
}
