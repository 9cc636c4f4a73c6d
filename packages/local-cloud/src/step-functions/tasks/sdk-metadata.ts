import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@workflows/states-language';

/** Response headers in the order in which they came. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** What optimized integrations add to a service's answer about the HTTP exchange. */
export function sdkMetadata(headers: Headers, requestId: string, status: number): Record<string, JsonValue> {
  const sorted = [...headers].sort(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries(sorted),
      HttpStatusCode: status,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** The headers of an AWS JSON 1.0 service. */
export function jsonServiceMetadata(body: string, nowMs: number): Record<string, JsonValue> {
  const requestId = randomUUID();
  return sdkMetadata(
    [
      ['x-amzn-RequestId', requestId],
      ['connection', 'keep-alive'],
      ['Content-Length', String(Buffer.byteLength(body))],
      ['Date', new Date(nowMs).toUTCString()],
      ['Content-Type', 'application/x-amz-json-1.0'],
    ],
    requestId,
    200,
  );
}

/** Names of headers as the AWS SDK for Java shows them; others stay as they came. */
const SHOWN_HEADERS = new Map([
  ['x-amzn-requestid', 'x-amzn-RequestId'],
  ['content-length', 'Content-Length'],
  ['content-type', 'Content-Type'],
  ['date', 'Date'],
  ['server', 'Server'],
]);

/** The metadata of a response that came over the wire. */
export function responseMetadata(
  response: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> },
  requestId: string = randomUUID(),
): Record<string, JsonValue> {
  const headers = Object.entries(response.headers).map(
    ([name, value]) => [SHOWN_HEADERS.get(name.toLowerCase()) ?? name, value] as const,
  );
  return sdkMetadata(headers, requestId, response.statusCode);
}
