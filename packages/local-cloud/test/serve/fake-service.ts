import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A server in the place of AWS services. It keeps the requests that it gets, but for those that list its rules. */
export class FakeService {
  readonly requests: RecordedRequest[] = [];
  /** Rules of EventBridge, all with the same targets. */
  rules: readonly object[] = [];
  targets: readonly object[] = [];
  answer: (request: RecordedRequest) => Answer = () => ({});
  readonly #server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(chunk);
    }
    const request = {
      method: message.method ?? '',
      url: message.url ?? '',
      headers: message.headers,
      body: Buffer.concat(chunks),
    };
    const target = String(message.headers['x-amz-target']);
    if (/^AWSEvents\.List/.test(target)) {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ Rules: this.rules, Targets: this.targets }));
      return;
    }
    this.requests.push(request);
    const { body = '', headers = {}, status = 200 } = this.answer(request);
    response.writeHead(status, headers).end(body);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await stopped;
  }
}
