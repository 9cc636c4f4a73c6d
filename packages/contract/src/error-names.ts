/**
 * The error names of these functions, for ASL `Retry` and `Catch`.
 *
 * A Lambda error reaches the state machine as the `name` of the thrown error, so the classes in `errors.ts` take
 * their names from here and not from their identifiers, which a minifier may change.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const ERROR_NAMES = {
  /** The external service is unreachable, or answered with a retryable status (408, 425, 429, 5xx). */
  ExternalServiceUnavailable: 'ExternalServiceUnavailableError',
  /** The external service rejected the task. It is not retried. */
  ExternalServiceRejected: 'ExternalServiceRejected',
  /** An AWS service throttled a call, failed or did not answer in time. */
  DependencyUnavailable: 'DependencyUnavailableError',
  /** The state machine sent an invalid payload. */
  InvalidTaskEvent: 'InvalidTaskEventError',
  /** `count` of the Fibonacci generator is not within its bounds. */
  InvalidCount: 'InvalidCountError',
  /** A callback with status `failed` and without an error. */
  ExternalServiceFailed: 'ExternalServiceFailed',
} as const;

/**
 * Every retryable error: those of our functions, and those of Lambda itself: throttling, service errors, and a function
 * that crashed or timed out.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
 */
export const RETRYABLE_ERROR_NAMES = [
  ERROR_NAMES.ExternalServiceUnavailable,
  ERROR_NAMES.DependencyUnavailable,
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Sandbox.Timedout',
] as const;
