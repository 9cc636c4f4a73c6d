/**
 * The largest request body that is read, in bytes. The function hands it on to itself in an asynchronous invocation,
 * which takes 256 KiB with what is around it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_BODY_BYTES = 261_120;

/** The longest delay of a callback: on Lambda it must leave the function time to call back and to repeat that. */
export const MAX_DELAY_MS = { node: 3_600_000, lambda: 30_000 } as const;

/** How many additional equal callbacks, and how many heartbeats, may be asked for. */
export const MAX_DUPLICATES = 10;
export const MAX_HEARTBEATS = 100;

/** How long one callback may take to be answered. */
export const CALLBACK_TIMEOUT_MS = 10_000;

/** For how long a callback is repeated after server errors and network faults. */
export const RETRY_FOR_MS = { node: 60_000, lambda: 20_000 } as const;

/** The pause before the first repetition, which doubles up to the longest. */
export const FIRST_RETRY_DELAY_MS = 200;
export const MAX_RETRY_DELAY_MS = 5000;

/** How many received requests the Node app remembers. */
export const MAX_RECORDED_REQUESTS = 1000;

/** The largest payload that the default data repeats; a larger one would not fit into the callback's own limits. */
export const MAX_ECHO_BYTES = 131_072;
