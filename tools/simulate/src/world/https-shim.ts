import { EventEmitter } from 'node:events';
import type { RequestOptions } from 'node:https';
import { Readable } from 'node:stream';

export interface WireRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Carries a request; rejects when the connection breaks; never settles when nobody answers. */
export type Send = (request: WireRequest) => Promise<WireAnswer>;

/** A socket that is connected already: connecting costs virtual time like everything else, on the wire. */
const SOCKET = Object.freeze({ connecting: false, setKeepAlive: () => undefined, setTimeout: () => undefined });

/** As much of `http.ClientRequest` as AWS SDKs use. */
class SimulatedRequest extends EventEmitter {
  readonly socket = SOCKET;
  destroyed = false;

  readonly #options: RequestOptions;
  readonly #send: Send;

  constructor(options: RequestOptions, send: Send, onResponse: (response: Readable) => void) {
    super();
    this.#options = options;
    this.#send = send;

    this.once('response', onResponse);
  }

  setTimeout(): this {
    return this;
  }

  end(body: Uint8Array | string = ''): this {
    const headers = Object.entries(this.#options.headers ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]);
    const request: WireRequest = {
      host: String(this.#options.host),
      method: this.#options.method ?? 'GET',
      path: String(this.#options.path ?? '/'),
      headers: Object.fromEntries(headers),
      body: typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    };
    this.#send(request).then(
      (answer) => this.#respond(answer),
      (error) => {
        if (!this.destroyed) {
          this.emit('error', error);
        }
      },
    );
    return this;
  }

  destroy(): this {
    this.destroyed = true;
    return this;
  }

  #respond({ body, headers, status }: WireAnswer): void {
    if (this.destroyed) {
      return;
    }
    const response = new Readable({ read: () => undefined });
    response.push(body);
    response.push(null);
    this.emit('response', Object.assign(response, { statusCode: status, statusMessage: '', headers }));
    this.emit('close');
  }
}

/** Takes the place of `node:https` and `node:http`: every request goes to `send`. */
export function httpsShim(send: Send) {
  return {
    Agent: class {
      readonly sockets = {};
      readonly requests = {};
      destroy(): void {}
    },
    request: (options: RequestOptions, onResponse: (response: Readable) => void) =>
      new SimulatedRequest(options, send, onResponse),
  };
}
