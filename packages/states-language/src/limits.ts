/**
 * Service quotas that change what an execution does.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */

/** Input or output of a state, a task or an execution, in UTF-8 bytes. */
export const MAX_PAYLOAD_BYTES = 262_144;

/** An Express execution ends after this at the latest, in seconds. */
export const EXPRESS_TIMEOUT_SECONDS = 300;

/** Events of one execution, its last one included. AWS has no such limit for Express, but there it also ends a loop. */
export const MAX_HISTORY_EVENTS = 25_000;

/** Size of a definition in UTF-8 bytes. */
export const MAX_DEFINITION_BYTES = 1_048_576;

/** Characters of a state's name. */
export const MAX_STATE_NAME_LENGTH = 80;

/** Characters of a Map state's label. */
export const MAX_LABEL_LENGTH = 40;

/** Characters of a variable's name. */
export const MAX_VARIABLE_NAME_LENGTH = 80;

/** Iterations that an inline Map without `MaxConcurrency` runs at once. */
export const INLINE_MAP_CONCURRENCY = 40;

/** Retry defaults. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const DEFAULT_RETRY_INTERVAL_SECONDS = 1;
export const DEFAULT_RETRY_MAX_ATTEMPTS = 3;
export const DEFAULT_RETRY_BACKOFF_RATE = 2;

/** A wait of so many milliseconds, 2^31 seconds, or more fails. */
export const MAX_WAIT_MS = 2 ** 31 * 1000;

/** A Standard execution ends after a year at the latest, in seconds. */
export const STANDARD_TIMEOUT_SECONDS = 365 * 86_400;

/** A wait, timeout or heartbeat in seconds, and retry attempts, are at most this. */
export const MAX_SECONDS = 99_999_999;
