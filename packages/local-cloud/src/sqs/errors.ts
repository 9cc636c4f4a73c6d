import { AwsError } from '../contracts';

/** An error of SQS. Clients that still know the query protocol are told its code in that protocol as well. */
export class SqsError extends AwsError {
  constructor(
    code: string,
    message: string,
    readonly queryCode: string = code,
    status = 400,
  ) {
    super(code, message, status);
  }
}

export const queueDoesNotExist = (): SqsError =>
  new SqsError('QueueDoesNotExist', 'The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue');

export const invalidParameter = (message: string): SqsError => new SqsError('InvalidParameterValue', message);

export const missingParameter = (name: string): SqsError =>
  new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);

export const invalidReceiptHandle = (handle: string): SqsError =>
  new SqsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle.slice(0, 200)}" is not a valid receipt handle.`,
  );
