import { ERROR_NAMES } from '@workflows/contract';

/** Base of every error that a function throws on purpose. `name` is what a state machine sees as the error. */
export abstract class WorkflowError extends Error {
  abstract override readonly name: string;
}

/** The same call may succeed when it is repeated. State machines retry it; HTTP functions answer 503. */
export abstract class RetryableError extends WorkflowError {}

/** Repeating the call cannot help. */
abstract class TerminalError extends WorkflowError {}

/** The external service cannot be reached, took too long, or answered 408, 425, 429 or 5xx. */
export class ExternalServiceUnavailableError extends RetryableError {
  override readonly name = ERROR_NAMES.ExternalServiceUnavailable;
}

/** The external service answered with something that is neither 2xx nor worth a retry. */
export class ExternalServiceRejectedError extends TerminalError {
  override readonly name = ERROR_NAMES.ExternalServiceRejected;
}

/** An AWS service throttled a call, failed, or did not answer in time. */
export class DependencyUnavailableError extends RetryableError {
  override readonly name = ERROR_NAMES.DependencyUnavailable;
}

/** A function that is not behind an API was invoked with a payload that is not the agreed one. */
export class InvalidTaskEventError extends TerminalError {
  override readonly name = ERROR_NAMES.InvalidTaskEvent;
}

/** `count` of the Fibonacci generator is not within its bounds. */
export class InvalidCountError extends TerminalError {
  override readonly name = ERROR_NAMES.InvalidCount;
}

/** A setting of the function is missing or not usable: a mistake of the deployment, never of a client. */
export class ConfigurationError extends TerminalError {
  override readonly name = 'ConfigurationError';
}
