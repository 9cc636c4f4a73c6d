import type { Bundle, Handler } from './bundle';
import { type Invocation, toFailure } from './invocation';
import { createSandbox, type SandboxOptions } from './sandbox';

export type EnvironmentOptions = Omit<SandboxOptions, 'isAlive' | 'random' | 'send' | 'fetch'> & {
  readonly bundle: Bundle;
  readonly initialRandom: SandboxOptions['random'];
  readonly send: (
    invocation: Invocation,
    ...request: Parameters<SandboxOptions['send']>
  ) => ReturnType<SandboxOptions['send']>;
  readonly fetch: (invocation: Invocation, ...request: Parameters<typeof fetch>) => ReturnType<typeof fetch>;
};

/** A function's process: runs one invocation at a time, and is gone once one of them has crashed or timed out. */
export class FunctionEnvironment {
  readonly #handler: Handler;
  #current: Invocation | undefined;
  #isAlive = true;
  #isPristine = true;

  constructor(options: EnvironmentOptions) {
    const { bundle, fetch, initialRandom, send } = options;
    const sandbox = createSandbox({
      ...options,
      isAlive: () => this.#isAlive && this.#current?.isStopped !== true,
      random: () => this.#current?.random ?? initialRandom(),
      send: (request) => send(this.#required(), request),
      fetch: (...request) => fetch(this.#required(), ...request),
    });
    this.#handler = bundle.load(sandbox);
  }

  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  /** No fault has touched it, so it behaves as a new one would. */
  get isPristine(): boolean {
    return this.#isPristine && this.#isAlive && !this.isBusy;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  kill(): void {
    this.#isAlive = false;
    this.#current?.crash();
  }

  async run(invocation: Invocation): Promise<void> {
    this.#current = invocation;
    const context = {
      awsRequestId: invocation.requestId,
      functionName: invocation.functionName,
      invokedFunctionArn: invocation.functionName,
      getRemainingTimeInMillis: () => 20_000,
    };
    Promise.resolve()
      .then(() => this.#handler(JSON.parse(invocation.payload), context))
      .then(
        (result) => invocation.end({ kind: 'returned', payload: JSON.stringify(result) ?? 'null' }),
        (error) => invocation.end(toFailure(error)),
      );
    const ending = await invocation.ended;
    const died = ending.kind === 'failed' && ['Runtime.ExitError', 'Sandbox.Timedout'].includes(ending.errorType);
    // A dead process keeps its invocation, so that code still running in it is recognised as stopped.
    if (invocation.hasMetFault) {
      this.#isPristine = false;
    }
    if (died) {
      this.#isAlive = false;
    } else {
      this.#current = undefined;
    }
  }

  #required(): Invocation {
    if (this.#current === undefined) {
      throw new Error('a function made a request outside of an invocation');
    }
    return this.#current;
  }
}
