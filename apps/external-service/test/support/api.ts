import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly atMs: number;
}

/** The API that takes the callbacks: records them, and answers as the test says. */
export class CallbackApi {
  readonly calls: ApiCall[] = [];
  /** Statuses of the next answers; 200 after them. */
  readonly answers: number[] = [];

  readonly #server: Server;

  private constructor(
    server: Server,
    readonly url: string,
  ) {
    this.#server = server;
  }

  static async start(): Promise<CallbackApi> {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        const { method = '', url: path = '' } = request;
        api.calls.push({ method, path, body: JSON.parse(text), atMs: Date.now() });
        response.writeHead(api.answers.shift() ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const api = new CallbackApi(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return api;
  }

  /** Resolves when so many callbacks have come. */
  async received(count: number): Promise<ApiCall[]> {
    const giveUpMs = Date.now() + 5000;
    while (this.calls.length < count) {
      if (Date.now() > giveUpMs) {
        throw new Error(`Only ${this.calls.length} of ${count} callbacks came.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.calls;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Body of `POST /external`. */
export const task = (callbackUrl: string, mock?: object, id = 'task-1') => ({
  id,
  resumeToken: 'resume-secret',
  callbackUrl,
  payload: mock === undefined ? { order: 7 } : { mock },
});
