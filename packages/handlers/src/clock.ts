/** The clock of the functions. It is injected, so that tests and simulations control the time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The real time. */
export const systemClock: Clock = { now: () => Date.now() };

/** The instant as the records and answers write it: ISO 8601, UTC, milliseconds. */
export const isoTime = (clock: Clock): string => new Date(clock.now()).toISOString();

/** Whole seconds since the epoch, as DynamoDB's TTL counts. */
export const epochSeconds = (clock: Clock): number => Math.floor(clock.now() / 1000);

/** Waits for so many milliseconds. Injected beside the clock wherever code pauses between tries. */
export type Sleep = (ms: number) => Promise<void>;

export const sleep: Sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
