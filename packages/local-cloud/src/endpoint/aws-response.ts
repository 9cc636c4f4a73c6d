import { randomUUID } from 'node:crypto';
import { AwsError, type AwsResponse } from '../contracts';

/** Media types of the AWS JSON protocols. @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export type JsonContentType = 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1' | 'application/json';

/** A response with a JSON document, under a request id of its own. */
export function jsonResponse(
  text: string,
  contentType: JsonContentType = 'application/x-amz-json-1.0',
  status = 200,
): AwsResponse {
  return { status, headers: { 'content-type': contentType, 'x-amzn-requestid': randomUUID() }, body: text };
}

/** The answer to a failed request, as every AWS SDK reads it: the code in `__type` and in `x-amzn-errortype`. */
export function errorResponse(
  error: AwsError,
  contentType: JsonContentType = 'application/x-amz-json-1.0',
): AwsResponse {
  return {
    status: error.status,
    headers: {
      'content-type': contentType,
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}

/** The code answered for a fault of the runtime itself. */
export function internalError(): AwsError {
  return new AwsError('InternalFailure', 'The request processing has failed because of an unknown error.', 500);
}
