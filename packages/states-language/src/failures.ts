/** Error names that the language itself reports. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const ErrorName = {
  ALL: 'States.ALL',
  DATA_LIMIT_EXCEEDED: 'States.DataLimitExceeded',
  EXCEED_TOLERATED_FAILURE_THRESHOLD: 'States.ExceedToleratedFailureThreshold',
  HEARTBEAT_TIMEOUT: 'States.HeartbeatTimeout',
  ITEM_READER_FAILED: 'States.ItemReaderFailed',
  INTRINSIC_FAILURE: 'States.IntrinsicFailure',
  QUERY_EVALUATION_ERROR: 'States.QueryEvaluationError',
  /** What AWS reports; what it documents is {@link RESULT_PATH_MATCH_FAILURE}. */
  REFERENCE_PATH_CONFLICT: 'States.ReferencePathConflict',
  RESULT_WRITER_FAILED: 'States.ResultWriterFailed',
  RESULT_PATH_MATCH_FAILURE: 'States.ResultPathMatchFailure',
  RUNTIME: 'States.Runtime',
  TASK_FAILED: 'States.TaskFailed',
  TIMEOUT: 'States.Timeout',
} as const;

/**
 * An error found while interpreting a state's fields. The interpreter puts the state and the id of its entered event
 * in front of the message before anybody sees it.
 */
export class FieldError extends Error {
  override readonly name = 'FieldError';

  constructor(
    readonly error: string,
    message: string,
    /** The field, such as `Output/total`, for `EvaluationFailed`. */
    readonly location?: string,
  ) {
    super(message);
  }
}

/** A `States.Runtime` error: the definition and its data do not fit. It cannot be retried or caught. */
export function runtimeError(message: string): FieldError {
  return new FieldError(ErrorName.RUNTIME, message);
}

/** A `States.QueryEvaluationError` of a JSONata state. */
export function queryError(message: string, location?: string): FieldError {
  return new FieldError(ErrorName.QUERY_EVALUATION_ERROR, message, location);
}

/** How an attempt at a state ended badly: what Retry and Catch look at. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';

  constructor(
    /** Absent when a Fail state or a callback named none. */
    readonly error: string | undefined,
    readonly failureCause: string | undefined,
    /** A second name that `ErrorEquals` may give, such as `States.HeartbeatTimeout`. */
    readonly alias?: string,
  ) {
    super(error ?? 'unnamed failure');
  }
}
