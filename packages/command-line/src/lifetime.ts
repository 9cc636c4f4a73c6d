type CleanUp = () => Promise<void> | void;

/** As shells report a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/** A command's life: what it started is stopped on every way out, in reverse order. */
export class Lifetime {
  readonly #controller = new AbortController();
  readonly #cleanUps: CleanUp[] = [];
  #exitCode: number | undefined;
  #isService = false;
  #isObserved = false;

  /** Aborted when the command is interrupted. */
  get signal(): AbortSignal {
    this.#isObserved = true;
    return this.#controller.signal;
  }

  get isInterrupted(): boolean {
    return this.#exitCode !== undefined;
  }

  /** Whether the command reacts to an interruption, or has something to clean up. If not, it may be ended at once. */
  get isObserved(): boolean {
    return this.#isObserved;
  }

  /** The command's exit code if it was interrupted. */
  get exitCode(): number | undefined {
    return this.#exitCode !== undefined && this.#isService ? 0 : this.#exitCode;
  }

  /** Ends the work; cleaning up follows. */
  interrupt(reason: Error, exitCode = INTERRUPTED): void {
    this.#exitCode ??= exitCode;
    this.#controller.abort(reason);
  }

  /** The command runs until it is interrupted: that is how it ends, with exit code 0. */
  runAsService(): void {
    this.#isService = true;
  }

  /** Runs as a service, and resolves when it is interrupted. */
  async untilInterrupted(): Promise<void> {
    this.runAsService();
    if (!this.signal.aborted) {
      await new Promise((resolve) => this.signal.addEventListener('abort', resolve, { once: true }));
    }
  }

  /** Runs at the end, whatever happened, before what was registered earlier. */
  atEnd(cleanUp: CleanUp): void {
    this.#isObserved = true;
    this.#cleanUps.push(cleanUp);
  }

  /** Runs every clean-up, also after one has failed; the first failure is thrown when all have run. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (let cleanUp = this.#cleanUps.pop(); cleanUp !== undefined; cleanUp = this.#cleanUps.pop()) {
      try {
        await cleanUp();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }
}
