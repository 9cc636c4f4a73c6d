import type { AutoAdvancingClock } from '@workflows/local-cloud';
import type { Random } from '../random';

export type Ending =
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string };

/** One run of a function: ends by itself, by a crash, or at its timeout, whichever comes first. */
export class Invocation {
  readonly ended: Promise<Ending>;
  #end: (ending: Ending) => void = () => undefined;
  /** One of its requests failed. AWS SDK clients remember that, and allow themselves fewer retries. */
  hasMetFault = false;
  #isOver = false;
  #isFrozen = false;
  readonly #cancelTimeout: () => void;

  constructor(
    readonly functionName: string,
    /** JSON text of the event. */
    readonly payload: string,
    readonly requestId: string,
    readonly random: Random,
    clock: AutoAdvancingClock,
    timeoutSeconds: number,
  ) {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    const message = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds}.00 seconds`;
    this.#cancelTimeout = clock.schedule(clock.now() + timeoutSeconds * 1000, () =>
      this.end({ kind: 'failed', errorType: 'Sandbox.Timedout', errorMessage: message }),
    );
  }

  /** It does nothing more: it has ended, or its process is frozen until its timeout. */
  get isStopped(): boolean {
    return this.#isOver || this.#isFrozen;
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  /** The process dies. */
  crash(): void {
    const errorMessage = `RequestId: ${this.requestId} Error: Runtime exited with error: signal: killed`;
    this.end({ kind: 'failed', errorType: 'Runtime.ExitError', errorMessage });
  }

  end(ending: Ending): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#cancelTimeout();
    this.#end(ending);
  }
}

/** The error that Lambda's runtime returns for a thrown value. */
export function toFailure(thrown: unknown): Ending {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { kind: 'failed', errorType: error.name, errorMessage: error.message };
}
