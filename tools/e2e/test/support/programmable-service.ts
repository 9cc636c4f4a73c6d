/** An external service whose answers a test writes: a real server on a port of its own. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What the workflow posted. */
export interface ReceivedTask {
  readonly id: string;
  readonly resumeToken: string;
  readonly callbackUrl: string;
  readonly payload: unknown;
  readonly idempotencyKey: string | undefined;
  /** 1 for the first request about this task. */
  readonly attempt: number;
}

/** Decides the status of one answer; may do anything before. */
export type Behaviour = (task: ReceivedTask) => Promise<number> | number;

/** Serves `POST` with the behaviour that the payload's `behaviour` names. */
export class ProgrammableService {
  readonly received: ReceivedTask[] = [];
  readonly #server: Server;

  readonly #behaviours: Readonly<Record<string, Behaviour>>;

  private constructor(behaviours: Readonly<Record<string, Behaviour>>) {
    this.#behaviours = behaviours;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        (status) => response.writeHead(status, { location: 'http://127.0.0.1:1/', connection: 'close' }).end(),
        (error: unknown) => response.writeHead(599).end(String(error)),
      );
    });
  }

  static async start(behaviours: Readonly<Record<string, Behaviour>>): Promise<ProgrammableService> {
    const service = new ProgrammableService(behaviours);
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/external`;
  }

  /** The requests about one task, in the order of their arrival. */
  about(id: string): ReceivedTask[] {
    return this.received.filter((task) => task.id === id);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage): Promise<number> {
    const body = (await json(request)) as Omit<ReceivedTask, 'idempotencyKey' | 'attempt'>;
    const idempotencyKey = request.headers['idempotency-key'];
    const task: ReceivedTask = {
      ...body,
      idempotencyKey: Array.isArray(idempotencyKey) ? idempotencyKey.join() : idempotencyKey,
      attempt: this.about(body.id).length + 1,
    };
    this.received.push(task);
    const name = String((body.payload as { behaviour?: unknown }).behaviour);
    const behaviour = this.#behaviours[name];
    if (behaviour === undefined) {
      throw new Error(`no behaviour ${name}`);
    }
    return behaviour(task);
  }
}
