/** Counts the environments of all functions: each is a thread with a heap of its own. */
export class EnvironmentBudget {
  #used = 0;

  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many more may be started. */
  get left(): number {
    return Math.max(0, this.#limit - this.#used);
  }

  take(): void {
    this.#used += 1;
  }

  giveBack(): void {
    this.#used -= 1;
  }
}
