import type { JsonValue } from '@workflows/states-language';
import type { AwsResponse } from '../contracts';

export type JsonObject = { [key: string]: JsonValue };

/** The body as an object; what is no JSON object is left to dynalite to refuse. */
export function parseBody(body: Buffer): JsonObject {
  try {
    const json = JSON.parse(body.toString('utf8')) as JsonValue;
    return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : {};
  } catch {
    return {};
  }
}

export function answer(status: number, body: JsonValue): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
}

/** An error as DynamoDB words it: coral names and a capital `Message` for faults of the service, small for the table's. */
export function failure(code: string, message: string): AwsResponse {
  const namespace = SERVICE_ERRORS.includes(code) ? 'com.amazon.coral.service' : 'com.amazonaws.dynamodb.v20120810';
  return answer(400, {
    __type: `${namespace}#${code}`,
    [SERVICE_ERRORS.includes(code) ? 'Message' : 'message']: message,
  });
}

const SERVICE_ERRORS = ['AccessDeniedException', 'UnknownOperationException'];
