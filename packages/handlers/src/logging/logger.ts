import { Logger } from '@aws-lambda-powertools/logger';
import { type FailureSummary, isAwsFailure, summarize } from '../aws/failures';

/** What may be logged: identifiers and small facts. Never a token, never a body. */
export interface LogFields {
  readonly requestId?: string;
  readonly taskId?: string;
  readonly workflowId?: string;
  readonly executionArn?: string;
  readonly route?: string;
  readonly statusCode?: number;
  readonly code?: string;
  readonly status?: string;
  readonly attempt?: number;
  readonly redriveCount?: number;
  readonly durationMs?: number;
  readonly failure?: FailureSummary & { readonly message?: string; readonly stack?: string };
}

/** A structured log. The fields are a closed list so that adding one is a decision. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/**
 * Logs through Powertools: JSON lines with service, level and time. Level and service come from
 * `POWERTOOLS_LOG_LEVEL` and `POWERTOOLS_SERVICE_NAME`.
 *
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/
 */
export function createLog(logger: Logger = new Logger()): Log {
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, fields = {}) => logger.error(message, { ...fields }),
  };
}

/**
 * A failure as it may be logged. Of an AWS error only its name and ids: its message may echo a task token, and the
 * error of a failed condition carries the item. Of our own mistakes the stack as well.
 */
export function loggable(error: unknown): NonNullable<LogFields['failure']> {
  const summary = summarize(error);
  if (isAwsFailure(error) || !(error instanceof Error)) {
    return summary;
  }
  return { ...summary, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}
