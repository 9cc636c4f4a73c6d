/** Collects what went wrong, so that the steps after it still run; an interruption is not collected. */
export class Problems {
  readonly all: string[] = [];
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(problem: string): void {
    this.all.push(problem);
  }

  /** @throws the reason of the interruption, when the work failed because of one */
  async collect(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#signal.throwIfAborted();
      this.add(error instanceof Error ? error.message : String(error));
    }
  }
}
