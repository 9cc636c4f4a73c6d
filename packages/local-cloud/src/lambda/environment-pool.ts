import { Environment, type EnvironmentOptions } from './environment';
import type { EnvironmentBudget } from './environment-budget';
import type { ProcessorMeter } from './processor-meter';
import type { ErrorDocument } from './runtime/protocol';
import type { StartLimiter } from './start-limiter';

/**
 * Started as soon as there is work for them, whatever the budget: functions wait for each other, and none must wait for
 * ever. More come only if these do not keep up.
 */
const EAGER_ENVIRONMENTS = 2;
/** How often the pool looks whether it keeps up. */
const GROW_INTERVAL_MS = 50;
/** Above it, a further thread would only share the processors with those that are there. */
const BUSY = 0.8;
/** An invocation that waited so long gets a thread of its own all the same. */
const PATIENCE_MS = 1000;

export interface PoolOptions extends EnvironmentOptions {
  readonly budget: EnvironmentBudget;
  readonly idleMs: number;
  readonly starts: StartLimiter;
  readonly processors: ProcessorMeter;
}

/** An environment, or why there is none. */
export type Lease = { readonly environment: Environment } | { readonly initError: ErrorDocument };

interface Waiter {
  readonly sinceMs: number;
  readonly resolve: (lease: Lease) => void;
}

/**
 * The environments of one version of a function. A warm one is used again. New ones are started while invocations wait
 * and processors are idle: functions that wait for something else get as many threads as they need, and a burst of short
 * calls does not start a thread for each.
 */
export class EnvironmentPool {
  readonly #all = new Set<Environment>();
  readonly #idle: { readonly environment: Environment; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: Waiter[] = [];
  #starting = 0;
  #growth: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly options: PoolOptions) {}

  acquire(): Promise<Lease> {
    if (this.#closed) return Promise.resolve({ initError: CLOSED });
    return new Promise((resolve) => {
      this.#waiting.push({ resolve, sinceMs: performance.now() });
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
    clearInterval(this.#growth);
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    for (const { resolve } of this.#waiting.splice(0)) resolve({ initError: CLOSED });
    await Promise.all([...this.#all].map((environment) => this.#discard(environment)));
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const rested = this.#idle.pop();
      if (rested === undefined) break;
      clearTimeout(rested.timer);
      if (rested.environment.dead) void this.#discard(rested.environment);
      else this.#waiting.shift()?.resolve({ environment: rested.environment });
    }
    const eager = EAGER_ENVIRONMENTS - this.#all.size - this.#starting;
    this.#startUpTo(Math.min(eager, this.#waiting.length - this.#starting));
    if (this.#waiting.length > 0) this.#growth ??= setInterval(() => this.#grow(), GROW_INTERVAL_MS);
  }

  #grow(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      clearInterval(this.#growth);
      this.#growth = undefined;
      return;
    }
    if (this.#starting > 0) return;
    const wanted = Math.min(this.#waiting.length, this.options.budget.left);
    if (this.options.processors.busy() < BUSY) this.#startUpTo(Math.min(wanted, Math.max(1, this.#all.size)));
    else if (performance.now() - first.sinceMs > PATIENCE_MS) this.#startUpTo(Math.min(wanted, 1));
  }

  #startUpTo(count: number): void {
    for (let started = 0; started < count; started += 1) void this.#start();
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
      this.options.budget.take();
      const initError = await environment.ready();
      this.#starting -= 1;
      if (initError === undefined) this.release(environment);
      else {
        void this.#discard(environment);
        this.#waiting.shift()?.resolve({ initError });
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
    if (this.#all.delete(environment)) this.options.budget.giveBack();
    await environment.close();
  }
}

const CLOSED: ErrorDocument = { errorType: 'Runtime.ExitError', errorMessage: 'Error: the runtime is shutting down' };
