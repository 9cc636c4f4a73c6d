import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** What may be said about a failed AWS call: messages may echo a token, and a condition's error carries the item. */
export interface FailureSummary {
  readonly name: string;
  readonly statusCode?: number;
  readonly awsRequestId?: string;
}

interface Metadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly attempts?: number;
}

const metadataOf = (error: unknown): Metadata | undefined =>
  error instanceof Error && '$metadata' in error ? (error.$metadata as Metadata) : undefined;

/** Whether an error came from an AWS call with this name, e.g. `TaskTimedOut`. */
export const isNamed = (error: unknown, ...names: string[]): error is Error =>
  error instanceof Error && names.includes(error.name);

/** Quotas and throttles that AWS reports as client errors, and that are transient. */
const TRANSIENT = ['ExecutionLimitExceeded', 'KmsThrottlingException', 'TimeoutError', 'AbortError'];

/** Node's codes for a connection that failed; the SDK passes them through. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|UND_ERR)/;

/** Whether the same AWS call may succeed later: throttled, failed inside AWS, timed out or never arrived. */
export function isTransientFailure(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    isNamed(error, ...TRANSIENT) ||
    NETWORK.test(code) ||
    isThrottlingError(error) ||
    isTransientError(error) ||
    isServerError(error)
  );
}

/** How often the SDK tried the call that failed. */
export const attemptsOf = (error: unknown): number => metadataOf(error)?.attempts ?? 1;

/** Whether the error came from the AWS SDK, and so may hold text that must not be shown. */
export const isAwsFailure = (error: unknown): boolean => metadataOf(error) !== undefined;

export function summarize(error: unknown): FailureSummary {
  const metadata = metadataOf(error);
  return {
    name: error instanceof Error ? error.name : typeof error,
    ...(metadata?.httpStatusCode === undefined ? {} : { statusCode: metadata.httpStatusCode }),
    ...(metadata?.requestId === undefined ? {} : { awsRequestId: metadata.requestId }),
  };
}
