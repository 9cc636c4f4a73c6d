import { AwsError, type AwsRequest, type AwsResponse } from '../../contracts';
import type { Functions } from '../functions';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function invoke(functions: Functions, request: AwsRequest, name: string): Promise<AwsResponse> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const payload = readPayload(request.body);
  if (type === 'DryRun') {
    functions.get(name);
    return { status: 204, headers: {}, body: '' };
  }
  if (type !== 'RequestResponse' && type !== 'Event') {
    throw new AwsError(
      'InvalidParameterValueException',
      `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
    );
  }
  const clientContext = request.headers['x-amz-client-context'];
  const result = await functions.invoke(name, payload, {
    invocationType: type,
    principal: request.principal,
    ...(clientContext === undefined ? {} : { clientContext }),
  });
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': result.requestId };
  if (type === 'Event') {
    return { status: 202, headers, body: '' };
  }
  return {
    status: 200,
    headers: {
      ...headers,
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError === undefined ? {} : { 'x-amz-function-error': result.functionError }),
      ...(request.headers['x-amz-log-type'] === 'Tail'
        ? {
            'x-amz-log-result': Buffer.from(result.logTail).toString('base64'),
          }
        : {}),
    },
    body: result.payload,
  };
}

/** A function invoked with nothing gets an empty object. */
function readPayload(body: Buffer): string {
  if (body.length === 0) {
    return '{}';
  }
  const payload = body.toString('utf8');
  try {
    JSON.parse(payload);
    return payload;
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
