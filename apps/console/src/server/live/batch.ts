/**
 * Collects what changes, and passes it on at most once per interval: a thousand executions that end together are one
 * message to each window.
 */
export class Batch<T> {
  readonly #items = new Map<string, T>();
  #timer: NodeJS.Timeout | undefined;

  readonly #intervalMs: number;
  readonly #flush: (items: readonly T[]) => void;

  constructor(intervalMs: number, flush: (items: readonly T[]) => void) {
    this.#intervalMs = intervalMs;
    this.#flush = flush;
  }

  add(key: string, item: T): void {
    this.#items.set(key, item);
    this.#timer ??= setTimeout(() => this.#deliver(), this.#intervalMs);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#items.clear();
  }

  #deliver(): void {
    this.#timer = undefined;
    const items = [...this.#items.values()];
    this.#items.clear();
    this.#flush(items);
  }
}
