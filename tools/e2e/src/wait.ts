/** Waiting for something to become true: polls until a deadline, never sleeps for a fixed time. */
import { setTimeout as delay } from 'node:timers/promises';

/** What was waited for did not come about before the deadline. */
class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

export interface WaitOptions {
  /** What is waited for, as the error shall name it. */
  readonly what: string;
  /** @default 20 seconds */
  readonly withinMs?: number;
  /** Pause after the first look; doubles up to a second. @default 25 milliseconds */
  readonly everyMs?: number;
}

const maximumPauseMs = 1_000;

/**
 * Looks until `look` gives something that `isDone` accepts, and returns it.
 *
 * @throws {DeadlineError} with the last thing seen, when the deadline passes
 */
export async function waitUntil<T, U extends T = T>(
  look: () => Promise<T> | T,
  isDone: ((value: T) => value is U) | ((value: T) => boolean),
  { what, withinMs = 20_000, everyMs = 25 }: WaitOptions,
): Promise<U> {
  const deadlineMs = performance.now() + withinMs;
  const accepts = isDone as (value: T) => value is U;
  for (let pauseMs = everyMs; ; pauseMs = Math.min(pauseMs * 2, maximumPauseMs)) {
    const value = await look();
    if (accepts(value)) {
      return value;
    }
    if (performance.now() + pauseMs > deadlineMs) {
      throw new DeadlineError(`Waited ${withinMs} ms for ${what}; last seen: ${JSON.stringify(value)}`);
    }
    await delay(pauseMs);
  }
}
