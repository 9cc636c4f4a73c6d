/**
 * The names by which state machines know the errors of these functions, for ASL `Retry` and `Catch`.
 *
 * A Lambda error reaches the state machine as the `name` of the thrown error, so the classes in `errors.ts` take
 * their names from here and not from their identifiers, which a minifier may change.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const ERROR_NAMES = {
  /** The external service cannot be reached, or asks to try again (408, 425, 429, 5xx). */
  ExternalServiceUnavailable: 'ExternalServiceUnavailableError',
  /** The external service refused the task for good. */
  ExternalServiceRejected: 'ExternalServiceRejected',
  /** An AWS service throttled a call, failed or did not answer in time. */
  DependencyUnavailable: 'DependencyUnavailableError',
  /** The state machine sent a payload that is not the agreed one. */
  InvalidTaskEvent: 'InvalidTaskEventError',
  /** `count` of the Fibonacci generator is not within its bounds. */
  InvalidCount: 'InvalidCountError',
  /** A callback that said `failed` and named no error. */
  ExternalServiceFailed: 'ExternalServiceFailed',
} as const;

/**
 * Every error after which the same call may succeed: ours, and those with which Lambda reports that it, not the
 * function's code, failed: throttles, service faults, and a function that crashed or was stopped at its timeout.
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
