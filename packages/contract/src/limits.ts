/**
 * Maximum size of an input, output or task result of Step Functions, in bytes of UTF-8.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_PAYLOAD_BYTES = 262_144;

/**
 * Maximum size of a client's own data in a payload. Each hop adds to it: the task token, the names and the ARN to an
 * input, `externalServiceOutput` and the metadata of `lambda:invoke` to an output. Without this margin, accepted data
 * could end its workflow with `States.DataLimitExceeded`.
 */
export const MAX_DATA_BYTES = MAX_PAYLOAD_BYTES - 8192;

/** Maximum size of a request body, in bytes. A larger body is answered 413. */
export const MAX_BODY_BYTES = 262_144;

/** Maximum nesting of arrays and objects. It protects recursive code behind the API from a stack overflow. */
export const MAX_JSON_DEPTH = 64;

export const SECONDS_PER_DAY = 86_400;

/** How long AWS keeps an ended execution and reserves its name. */
export const EXECUTION_RETENTION_DAYS = 90;
export const EXECUTION_RETENTION_SECONDS = EXECUTION_RETENTION_DAYS * SECONDS_PER_DAY;

/**
 * Maximum duration of a standard execution, in seconds (one year).
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_TIMEOUT_SECONDS = 31_536_000;

/** Default timeout of the wait for a callback, in seconds. */
export const DEFAULT_TIMEOUT_SECONDS = 3600;

/** Maximum lengths of `error` and `cause` of `SendTaskFailure`, in characters. */
export const MAX_ERROR_LENGTH = 256;
export const MAX_CAUSE_LENGTH = 32_768;

/** Value of `Retry-After` while a workflow runs and when AWS throttles, in seconds. */
export const POLL_AFTER_SECONDS = 1;
export const RETRY_AFTER_SECONDS = 2;

/** Ids of tasks and workflows: execution names that are also valid path segments. */
export const NAME_PATTERN = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * Maximum number of sub-workflows of a composite: the concurrency limit of an inline Map.
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

/** API Gateway times out after 29 seconds. The function times out earlier, so that its log shows the reason. */
export const API_FUNCTION_TIMEOUT_SECONDS = 25;

/** How often `measure-waiting` runs. */
export const MEASURE_EVERY_MINUTES = 5;
