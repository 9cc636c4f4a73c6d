import { randomUUID } from 'node:crypto';
import { javaExceptionName } from '../../aws-sdk';
import type { AwsError } from '../../contracts';

/** A task failed: `error` and `cause` are what Retry, Catch and the history see. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  constructor(
    readonly error: string,
    override readonly cause: string,
    /** The service took the request up, and the work itself failed. */
    readonly afterSubmission = false,
  ) {
    super(error);
  }
}

/** How the errors of a service are named: modelled ones by their own name, all others by one that stands for the service. */
export interface ErrorNaming {
  /** Before the point, for instance `Lambda`. */
  readonly prefix: string;
  /** As in causes, for instance `AWSLambda`. */
  readonly service: string;
  /** After the point, for errors that the service's model does not list. */
  readonly unmodelled: string;
  /** Error codes that the service's model does not list, though it answers them. */
  readonly isModelled: (code: string) => boolean;
  /** Optimized integrations use version 1 of the AWS SDK for Java, `aws-sdk` ones version 2. */
  readonly sdk: 1 | 2;
}

/** How `aws-sdk` integrations name the errors of a service, for instance of `Sqs`. */
export const awsSdkErrors = (name: string, isModelled: ErrorNaming['isModelled']): ErrorNaming => ({
  prefix: name,
  service: name,
  unmodelled: `${name}Exception`,
  isModelled,
  sdk: 2,
});

/** The codes that the model of Step Functions has as exceptions of their own. */
export const isModelledByStepFunctions = (code: string): boolean =>
  code !== 'AccessDeniedException' && code !== 'SerializationException';

const COMMON_ERRORS = new Set(['AccessDeniedException', 'SerializationException', 'ValidationException']);

/** DynamoDB and EventBridge answer the errors that all services with a JSON protocol share, and do not model them. */
export const isModelledByJsonServices = (code: string): boolean => !COMMON_ERRORS.has(code);

/** Calls of Step Functions to itself. */
export const STATES_ERRORS: ErrorNaming = {
  prefix: 'StepFunctions',
  service: 'AWSStepFunctions',
  unmodelled: 'AWSStepFunctionsException',
  isModelled: isModelledByStepFunctions,
  sdk: 1,
};

/** What Step Functions makes of an error answered by a service, in the words of the AWS SDK that it uses. */
export function serviceFailure(error: AwsError, naming: ErrorNaming, requestId: string = randomUUID()): TaskFailure {
  const { code, message, status } = error;
  const { service } = naming;
  return naming.sdk === 1
    ? new TaskFailure(
        `${naming.prefix}.${naming.isModelled(code) ? withSuffix(code) : naming.unmodelled}`,
        `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
      )
    : new TaskFailure(
        `${naming.prefix}.${naming.isModelled(code) ? javaExceptionName(code) : naming.unmodelled}`,
        `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${requestId}) (SDK Attempt Count: 1)`,
      );
}

const withSuffix = (code: string): string => (code.endsWith('Exception') ? code : `${code}Exception`);
