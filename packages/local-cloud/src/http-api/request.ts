import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request to an HTTP API, taken apart. */
export interface ApiRequest {
  readonly id: string;
  readonly method: string;
  /** As sent, without the query. */
  readonly rawPath: string;
  readonly rawQuery: string;
  /** Lower-case names; several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly port: number;
  readonly protocol: string;
}

/** They concern the connection, not the message. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP_BY_HOP = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

export function toApiRequest(message: IncomingMessage, body: Buffer, port: number): ApiRequest {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (values !== undefined && !HOP_BY_HOP.includes(name)) {
      headers[name] = values.join(name === 'cookie' ? '; ' : ',');
    }
  }
  return {
    id: randomUUID(),
    method: message.method ?? 'GET',
    rawPath: mark < 0 ? url : url.slice(0, mark),
    rawQuery: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    body,
    sourceIp: (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    port,
    protocol: `HTTP/${message.httpVersion}`,
  };
}
