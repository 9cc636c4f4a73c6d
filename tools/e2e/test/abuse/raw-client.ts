/** HTTP without the corrections of a client: paths and headers go out as they are, and answers come back as they are. */
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface RawRequest {
  readonly method: string;
  /** Below the endpoint, without a leading slash. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Nothing that is sent may keep the target busy for longer. */
const hangAfterMs = 20_000;

/** Sends requests to one API over kept connections. */
export class RawClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  /** @param endpoint base URL with a trailing slash */
  constructor(readonly endpoint: string) {}

  send({ method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
    const { hostname, port, pathname } = new URL(this.endpoint);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent: this.#agent, hostname, port, method, path: `${pathname}${path}`, headers: { ...length, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              contentType: response.headers['content-type'] ?? '',
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      sent.setTimeout(hangAfterMs, () => sent.destroy(new Error(`${method} ${path} was not answered in time`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /**
   * Writes bytes on a connection of their own.
   *
   * @returns everything that came back until the target closed the connection, or answered and then waited for more
   */
  write(bytes: string | Buffer, { quietMs = 1_000 }: { readonly quietMs?: number } = {}): Promise<string> {
    const { hostname, port } = new URL(this.endpoint);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
      const finish = () => {
        socket.destroy();
        resolve(Buffer.concat(chunks).toString('latin1'));
      };
      socket.setTimeout(hangAfterMs, () => socket.destroy(new Error('the connection was neither answered nor closed')));
      socket.on('data', (chunk) => {
        chunks.push(chunk);
        socket.setTimeout(quietMs, finish);
      });
      socket.on('end', finish);
      // A target that refuses may reset the connection while we still write.
      socket.on('error', (error: NodeJS.ErrnoException) =>
        ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? finish() : reject(error),
      );
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
