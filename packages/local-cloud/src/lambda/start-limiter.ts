/** Bounds how many environments start at one time, over all functions: starting is what costs processor time. */
export class StartLimiter {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(start: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
    try {
      return await start();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
