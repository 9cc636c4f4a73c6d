import type { IncomingMessage } from 'node:http';
import { type Authorizer, AwsError, type AwsRequest, type Principal } from '../contracts';

/** `Credential=<access key id>/<date>/…` of Signature Version 4, in the header or, percent-decoded, in the query. */
const CREDENTIAL = /Credential=([^/,\s]+)\//;

/**
 * A request as the services see it. Query and principal are worked out when asked for: most requests need neither.
 */
export class IncomingAwsRequest implements AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly #message: IncomingMessage;
  readonly #queryText: string;
  readonly #authorizer: Authorizer;

  constructor(
    message: IncomingMessage,
    readonly body: Buffer,
    authorizer: Authorizer,
  ) {
    const url = message.url ?? '/';
    const mark = url.indexOf('?');
    this.method = message.method ?? 'GET';
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.#queryText = mark < 0 ? '' : url.slice(mark + 1);
    this.headers = flatten(message);
    this.#authorizer = authorizer;
    this.#message = message;
  }

  readonly onDisconnect = (listener: () => void): (() => void) => {
    const { socket } = this.#message;
    if (socket.destroyed) {
      queueMicrotask(listener);
      return () => undefined;
    }
    socket.once('close', listener);
    return () => socket.off('close', listener);
  };

  get query(): URLSearchParams {
    return new URLSearchParams(this.#queryText);
  }

  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
  get principal(): Principal | undefined {
    const authorization = this.headers.authorization;
    const accessKeyId =
      authorization === undefined
        ? this.query.get('X-Amz-Credential')?.split('/')[0]
        : CREDENTIAL.exec(authorization)?.[1];
    return accessKeyId === undefined ? undefined : this.#authorizer.principalOf(accessKeyId);
  }
}

function flatten(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) {
      headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
  }
  return headers;
}

/**
 * Reads a body of at most `maxBytes`.
 *
 * @throws {AwsError} `RequestEntityTooLargeException` (413)
 */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        message.removeAllListeners('data');
        message.resume();
        reject(
          new AwsError('RequestEntityTooLargeException', `Request body must be at most ${maxBytes} bytes long`, 413),
        );
        return;
      }
      chunks.push(chunk);
    });
    message.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    message.on('error', reject);
    message.on('aborted', () => reject(new Error('the client closed the connection')));
  });
}
