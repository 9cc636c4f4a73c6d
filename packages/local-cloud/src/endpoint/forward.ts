import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AwsError } from '../contracts';
import { errorResponse } from './aws-response';
import { requestTo } from './http-call';

/** Headers of one connection, which are not passed on. `Expect` has been answered by then. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Passes a request on, and the response back, unchanged but for the headers of the connection. `Host` stays, so that
 * signatures are still valid and the URLs in responses lead here. Bodies are streamed.
 *
 * @param body the body of the request, where it has been read already
 */
export async function forward(
  message: IncomingMessage,
  response: ServerResponse,
  endpoint: string,
  body?: Buffer,
): Promise<void> {
  const base = new URL(endpoint);
  const path = `${base.pathname.replace(/\/$/, '')}${message.url ?? '/'}`;
  const outgoing = requestTo(base)({
    protocol: base.protocol,
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port,
    method: message.method,
    path,
    headers: endToEnd(message.rawHeaders),
  });
  response.once('close', () => outgoing.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
  });
  try {
    if (body === undefined) {
      message.pipe(outgoing);
    } else {
      outgoing.end(body);
    }
    const incoming = await answered;
    response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage, endToEnd(incoming.rawHeaders));
    await pipeline(incoming, response);
  } catch (error) {
    message.unpipe(outgoing);
    message.resume();
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const refusal = errorResponse(
      new AwsError('ServiceUnavailable', `The request is for ${endpoint}, which does not respond: ${code}.`, 503),
    );
    response.writeHead(refusal.status, refusal.headers);
    response.end(refusal.body);
  }
}

/** Names and values in turns, as Node's `rawHeaders` has them: order, case and repeated headers are kept. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((name) => name.trim().toLowerCase()));
  const kept = pairs.filter(([name]) => {
    const lower = name.toLowerCase();
    return !HOP_BY_HOP.has(lower) && !named.includes(lower);
  });
  return kept.flat();
}
