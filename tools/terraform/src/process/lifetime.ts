/**
 * A command's life: what it started is stopped on every way out, in reverse order. The first signal stops the work and
 * cleans up; a second one does not wait for the cleaning.
 */
import { killAllGroups } from './child';

type CleanUp = () => Promise<void> | void;

const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export class Lifetime {
  readonly #controller = new AbortController();
  readonly #cleanUps: CleanUp[] = [];

  /** Aborted when the user interrupts the command. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the work; cleaning follows. */
  interrupt(reason: Error): void {
    this.#controller.abort(reason);
  }

  /** Runs at the end, whatever happened, before what was registered earlier. */
  atEnd(cleanUp: CleanUp): void {
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

/** Ends `lifetime` at the first signal, and the process at the second. Returns what the exit code is then. */
export function endOnSignals(lifetime: Lifetime): () => number | undefined {
  let code: number | undefined;
  for (const [name, exitCode] of Object.entries(SIGNAL_CODES)) {
    process.on(name, () => {
      if (code !== undefined) {
        killAllGroups();
        process.exit(exitCode);
      }
      code = exitCode;
      lifetime.interrupt(new Error(`interrupted by ${name}`));
    });
  }
  return () => code;
}
