import { Environment, type EnvironmentOptions } from './environment';
import type { EnvironmentBudget } from './environment-budget';
import { GROW_INTERVAL_MS, growthOf } from './environment-growth';
import type { ErrorDocument } from './runtime/protocol';
import type { StartLimiter } from './start-limiter';
import type { ThreadMeter } from './thread-meter';

/**
 * Started as soon as there is work for them, whatever the budget: functions wait for each other, and none must wait for
 * ever. More come only if these do not keep up.
 */
const EAGER_ENVIRONMENTS = 2;

export interface PoolOptions extends EnvironmentOptions {
  readonly budget: EnvironmentBudget;
  readonly idleMs: number;
  readonly starts: StartLimiter;
  readonly threads: ThreadMeter;
}

/** An environment, or why there is none. */
export type Lease = { readonly environment: Environment } | { readonly initError: ErrorDocument };

type Waiter = (lease: Lease) => void;

/**
 * The environments of one version of a function. A warm one is used again; how many are started while invocations wait
 * says {@link growthOf}.
 */
export class EnvironmentPool {
  readonly #all = new Set<Environment>();
  readonly #idle: { readonly environment: Environment; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: Waiter[] = [];
  #starting = 0;
  /** Looks at the queue since something was taken from it. */
  #unmovedLooks = 0;
  /** Looks in a row that found capacity for a thread. */
  #capacityLooks = 0;
  #growth: NodeJS.Timeout | undefined;
  #closed = false;

  readonly #options: PoolOptions;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  acquire(): Promise<Lease> {
    if (this.#closed) {
      return Promise.resolve({ initError: CLOSED });
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#serve();
    });
  }

  release(environment: Environment): void {
    if (environment.dead || this.#closed) {
      void this.#discard(environment);
    } else {
      this.#rest(environment);
    }
    this.#serve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    for (const { timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
    }
    for (const resolve of this.#waiting.splice(0)) {
      resolve({ initError: CLOSED });
    }
    await Promise.all([...this.#all].map((environment) => this.#discard(environment)));
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const rested = this.#idle.pop();
      if (rested === undefined) {
        break;
      }
      clearTimeout(rested.timer);
      if (rested.environment.dead) {
        void this.#discard(rested.environment);
      } else {
        this.#answerFirst({ environment: rested.environment });
      }
    }
    const eager = EAGER_ENVIRONMENTS - this.#all.size - this.#starting;
    this.#startUpTo(Math.min(eager, this.#waiting.length - this.#starting));
    if (this.#waiting.length > 0 && this.#growth === undefined) {
      this.#watchQueue();
    }
  }

  #answerFirst(lease: Lease): void {
    this.#unmovedLooks = 0;
    this.#waiting.shift()?.(lease);
    if (this.#waiting.length === 0) {
      this.#stopWatching();
    }
  }

  #watchQueue(): void {
    // What the meter tells at the first look is then of the time since now.
    this.#options.threads.hasCapacity();
    this.#growth = setInterval(() => this.#grow(), GROW_INTERVAL_MS);
  }

  #stopWatching(): void {
    this.#capacityLooks = 0;
    clearInterval(this.#growth);
    this.#growth = undefined;
  }

  #grow(): void {
    if (this.#starting > 0) {
      return;
    }
    this.#unmovedLooks += 1;
    this.#capacityLooks = this.#options.threads.hasCapacity() ? this.#capacityLooks + 1 : 0;
    const wanted = growthOf({
      waiting: this.#waiting.length,
      environments: this.#all.size,
      unmovedLooks: this.#unmovedLooks,
      capacityLooks: this.#capacityLooks,
    });
    this.#startUpTo(Math.min(wanted, this.#options.budget.left));
  }

  #startUpTo(count: number): void {
    for (let started = 0; started < count; started += 1) {
      void this.#start();
    }
  }

  async #start(): Promise<void> {
    this.#starting += 1;
    await this.#options.starts.run(async () => {
      // Others may have become free while this one waited for its turn.
      if (this.#waiting.length === 0 || this.#closed) {
        this.#starting -= 1;
        return;
      }
      const environment = new Environment(this.#options);
      this.#all.add(environment);
      this.#options.budget.take();
      this.#options.threads.watch(environment.loop);
      const initError = await environment.ready();
      this.#starting -= 1;
      if (initError === undefined) {
        this.release(environment);
      } else {
        void this.#discard(environment);
        this.#answerFirst({ initError });
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
    }, this.#options.idleMs);
    timer.unref();
    this.#idle.push({ environment, timer });
  }

  async #discard(environment: Environment): Promise<void> {
    this.#options.threads.forget(environment.loop);
    if (this.#all.delete(environment)) {
      this.#options.budget.giveBack();
    }
    await environment.close();
  }
}

const CLOSED: ErrorDocument = { errorType: 'Runtime.ExitError', errorMessage: 'Error: the runtime is shutting down' };
