import type { CancelTimer } from '@workflows/states-language';
import { AwsError, type RuntimeClock } from '../contracts';
import { type AsynchronousConfiguration, DEFAULT_ASYNCHRONOUS } from './function-configuration';
import type { HostedFunction } from './hosted-function';

/** Lambda waits a minute before the first retry of a failed asynchronous invocation, and two before the second. */
const RETRY_DELAYS_MS = [60_000, 120_000];
/** Throttled events come back after a second, then ever later, up to five minutes. */
const THROTTLE_DELAY_MS = 1000;
const MAX_THROTTLE_DELAY_MS = 300_000;

interface QueuedEvent {
  readonly payload: string;
  readonly requestId: string;
  readonly acceptedMs: number;
  readonly attempt: number;
  readonly throttled: number;
}

/**
 * Runs `Event` invocations, and runs them again when they fail.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsynchronousInvocations {
  readonly #configurations = new Map<string, AsynchronousConfiguration>();
  readonly #timers = new Set<CancelTimer>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  readonly #clock: RuntimeClock;
  readonly #find: (functionName: string) => HostedFunction | undefined;

  constructor(clock: RuntimeClock, find: (functionName: string) => HostedFunction | undefined) {
    this.#clock = clock;
    this.#find = find;
  }

  configure(functionName: string, configuration: AsynchronousConfiguration): void {
    this.#configurations.set(functionName, configuration);
  }

  accept(functionName: string, payload: string, requestId: string): void {
    this.#start(functionName, { payload, requestId, acceptedMs: this.#clock.now(), attempt: 0, throttled: 0 });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#timers) {
      cancel();
    }
    this.#timers.clear();
    await Promise.all(this.#running);
  }

  #start(functionName: string, event: QueuedEvent): void {
    const running = this.#clock.track(this.#run(functionName, event)).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #run(functionName: string, event: QueuedEvent): Promise<void> {
    const hosted = this.#find(functionName);
    if (hosted === undefined || this.#closed) {
      return;
    }
    const { maximumRetryAttempts } = this.#configurationOf(functionName);
    try {
      const { functionError } = await hosted.invoke(event.payload, event.requestId);
      const delayMs = RETRY_DELAYS_MS[event.attempt];
      if (functionError !== undefined && event.attempt < maximumRetryAttempts && delayMs !== undefined) {
        this.#retry(functionName, { ...event, attempt: event.attempt + 1, throttled: 0 }, delayMs);
      }
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      const delayMs = Math.min(THROTTLE_DELAY_MS * 2 ** event.throttled, MAX_THROTTLE_DELAY_MS);
      this.#retry(functionName, { ...event, throttled: event.throttled + 1 }, delayMs);
    }
  }

  #retry(functionName: string, event: QueuedEvent, delayMs: number): void {
    const maximumAgeMs = this.#configurationOf(functionName).maximumEventAgeSeconds * 1000;
    const atMs = this.#clock.now() + delayMs;
    if (this.#closed || atMs - event.acceptedMs > maximumAgeMs) {
      return;
    }
    const cancel = this.#clock.schedule(atMs, () => {
      this.#timers.delete(cancel);
      this.#start(functionName, event);
    });
    this.#timers.add(cancel);
  }

  #configurationOf(functionName: string): AsynchronousConfiguration {
    return this.#configurations.get(functionName) ?? DEFAULT_ASYNCHRONOUS;
  }
}
