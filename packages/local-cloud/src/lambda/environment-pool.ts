import { Environment, type EnvironmentOptions } from './environment';
import type { ErrorDocument } from './runtime/protocol';

/** Bounds how many environments start at one time, over all functions: starting is what costs processor time. */
export class StartLimiter {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  async run<T>(start: () => Promise<T>): Promise<T> {
    if (this.#running >= this.limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
    try {
      return await start();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}

export interface PoolOptions extends EnvironmentOptions {
  /** More invocations than this wait for one of the environments. */
  readonly maxEnvironments: number;
  readonly idleMs: number;
  readonly starts: StartLimiter;
}

/** An environment, or why there is none. */
export type Lease = { readonly environment: Environment } | { readonly initError: ErrorDocument };

/**
 * The environments of one version of a function. A warm one is used again; a new one is started only while invocations
 * wait, so a burst of short calls does not start a thread for each.
 */
export class EnvironmentPool {
  readonly #all = new Set<Environment>();
  readonly #idle: { readonly environment: Environment; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: ((lease: Lease) => void)[] = [];
  #starting = 0;
  #closed = false;

  constructor(private readonly options: PoolOptions) {}

  acquire(): Promise<Lease> {
    if (this.#closed) return Promise.resolve({ initError: CLOSED });
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#serve();
    });
  }

  release(environment: Environment): void {
    if (environment.dead || this.#closed) void this.#discard(environment);
    else this.#rest(environment);
    this.#serve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    for (const resolve of this.#waiting.splice(0)) resolve({ initError: CLOSED });
    await Promise.all([...this.#all].map((environment) => environment.close()));
    this.#all.clear();
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const rested = this.#idle.pop();
      if (rested === undefined) break;
      clearTimeout(rested.timer);
      if (rested.environment.dead) void this.#discard(rested.environment);
      else this.#waiting.shift()?.({ environment: rested.environment });
    }
    while (this.#waiting.length > this.#starting && this.#all.size + this.#starting < this.options.maxEnvironments) {
      void this.#start();
    }
  }

  async #start(): Promise<void> {
    this.#starting += 1;
    await this.options.starts.run(async () => {
      // Others may have become free while this one waited for its turn.
      if (this.#waiting.length === 0 || this.#closed) {
        this.#starting -= 1;
        return;
      }
      const environment = new Environment(this.options);
      this.#all.add(environment);
      const initError = await environment.ready();
      this.#starting -= 1;
      if (initError === undefined) this.release(environment);
      else {
        this.#all.delete(environment);
        this.#waiting.shift()?.({ initError });
        this.#serve();
      }
    });
  }

  #rest(environment: Environment): void {
    const timer = setTimeout(() => {
      this.#idle.splice(
        this.#idle.findIndex((entry) => entry.environment === environment),
        1,
      );
      void this.#discard(environment);
    }, this.options.idleMs);
    timer.unref();
    this.#idle.push({ environment, timer });
  }

  async #discard(environment: Environment): Promise<void> {
    this.#all.delete(environment);
    await environment.close();
  }
}

const CLOSED: ErrorDocument = { errorType: 'Runtime.ExitError', errorMessage: 'Error: the runtime is shutting down' };
