/**
 * Collects what changes, and passes it on at most once per interval: a thousand executions that end together are one
 * message to each window.
 */
export class Batch<T> {
  private readonly items = new Map<string, T>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly intervalMs: number,
    private readonly flush: (items: readonly T[]) => void,
  ) {}

  add(key: string, item: T): void {
    this.items.set(key, item);
    this.timer ??= setTimeout(() => this.deliver(), this.intervalMs);
  }

  close(): void {
    clearTimeout(this.timer);
    this.items.clear();
  }

  private deliver(): void {
    this.timer = undefined;
    const items = [...this.items.values()];
    this.items.clear();
    this.flush(items);
  }
}
