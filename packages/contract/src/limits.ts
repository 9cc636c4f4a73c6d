/**
 * The most that Step Functions takes as an input, output or task result, in bytes of UTF-8.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_PAYLOAD_BYTES = 262_144;

/**
 * What is left of a payload for a client's own data. Each hop wraps it: the task token, the names and the ARN around
 * an input, `externalServiceOutput` and the metadata of `lambda:invoke` around an output. Without this margin, data
 * that was accepted here would end its workflow with `States.DataLimitExceeded`.
 */
export const MAX_DATA_BYTES = MAX_PAYLOAD_BYTES - 8192;

/** The largest request body that is read, in bytes; more is answered 413. */
export const MAX_BODY_BYTES = 262_144;

/** How deep arrays and objects may nest. Recursive code anywhere behind the API stays far from a stack overflow. */
export const MAX_JSON_DEPTH = 64;

export const SECONDS_PER_DAY = 86_400;

/** How long AWS keeps an ended execution, and its name taken. */
export const EXECUTION_RETENTION_DAYS = 90;
export const EXECUTION_RETENTION_SECONDS = EXECUTION_RETENTION_DAYS * SECONDS_PER_DAY;

/**
 * The longest that a standard execution may run, in seconds (one year).
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_TIMEOUT_SECONDS = 31_536_000;

/** How long a workflow waits for its callback when the client does not say, in seconds. */
export const DEFAULT_TIMEOUT_SECONDS = 3600;

/** How long `error` and `cause` of `SendTaskFailure` may be, in characters. */
export const MAX_ERROR_LENGTH = 256;
export const MAX_CAUSE_LENGTH = 32_768;

/** What `Retry-After` says while something is on its way, and when AWS throttles, in seconds. */
export const POLL_AFTER_SECONDS = 1;
export const RETRY_AFTER_SECONDS = 2;

/** Ids of tasks and workflows: names of executions that are also plain path segments. */
export const NAME_PATTERN = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * How many sub-workflows one composite may have: what an inline Map runs at once.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
 */
export const MAX_NAMES = 40;
export const MAX_NAME_LENGTH = 256;
export const DEFAULT_NAMES = ['corge', 'grault'] as const;

/** The longest `delaySeconds` of the idempotent workflow. */
export const MAX_DELAY_SECONDS = 60;

/** Number of Fibonacci numbers to generate; a random count within `defaultCount` when none is given. */
export const FIBONACCI = { minCount: 1, maxCount: 25, defaultCount: { min: 2, max: 8 } } as const;

/** A gateway answers for a function after 29 seconds; the function gives up before, and says why. */
export const API_FUNCTION_TIMEOUT_SECONDS = 25;

/** How often `measure-waiting` runs. */
export const MEASURE_EVERY_MINUTES = 5;
