/** An external service that accepts every task and leaves it to the load when to call back. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface AcceptedTask {
  readonly id: string;
  readonly resumeToken: string;
}

export class AcceptingService {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param accept told about each task once, however often it is sent */
  static async start(accept: (task: AcceptedTask) => void): Promise<AcceptingService> {
    const known = new Set<string>();
    const server = createServer((request, response) => {
      json(request).then(
        (body) => {
          const { id, resumeToken } = body as AcceptedTask;
          response.writeHead(202).end();
          if (!known.has(id)) {
            accept({ id, resumeToken });
          }
          known.add(id);
        },
        () => response.writeHead(400).end(),
      );
    });
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new AcceptingService(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/external`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
