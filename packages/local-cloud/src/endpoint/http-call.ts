import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AwsResponse } from '../contracts';

export interface HttpCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** `http:` or `https:`, by the URL. */
export const requestTo = (url: URL): typeof httpRequest => (url.protocol === 'https:' ? httpsRequest : httpRequest);

/** Makes a request and reads the whole response, however long that takes: a function may run for 15 minutes. */
export async function httpCall(url: URL, { body, headers, method }: HttpCall): Promise<AwsResponse> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = requestTo(url)(url, { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
    request.once('response', resolve);
    request.once('error', reject);
    request.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk);
  }
  return {
    status: response.statusCode ?? 502,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
  };
}

/**
 * Headers that name the service and the region of a request. Emulators find the service by them, and accept any
 * signature.
 */
export function anySignature(region: string, service: string): Record<string, string> {
  const instant = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=local/${instant.slice(0, 8)}/${region}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    'x-amz-date': instant,
  };
}
