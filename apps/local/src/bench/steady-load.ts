/** Steady load in virtual time: an hour of it takes as long as its work, not an hour. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { AutoAdvancingClock, type LocalCloud, type StatusNotice } from '@workflows/local-cloud';

export interface SteadyLoadOptions {
  /** Virtual seconds for which workflows are started. */
  readonly seconds: number;
  /** Workflows started in each of them. */
  readonly perSecond: number;
}

interface Task {
  readonly resumeToken: string;
  readonly callbackUrl: string;
  readonly payload: { readonly silent: boolean };
}

/** Every tenth workflow is never called back, and has to time out. */
const SILENT_EVERY = 10;
const CALLBACK_AFTER_MS = 60_000;
const TIMEOUT_SECONDS = 300;

/** Starts workflows at a steady rate and is their external service: a minute after it was asked, it calls back. */
export class SteadyLoad {
  readonly clock = new AutoAdvancingClock();
  /** Ends of the workflows, by status and error. */
  readonly ends = new Map<string, number>();
  /** Answers that were not the expected ones. */
  readonly surprises: string[] = [];
  #started = 0;
  #ended = 0;

  readonly #options: SteadyLoadOptions;
  readonly #server: Server;

  private constructor(options: SteadyLoadOptions, server: Server) {
    this.#options = options;
    this.#server = server;
  }

  static async create(options: SteadyLoadOptions): Promise<SteadyLoad> {
    const server = createServer((request, response) => {
      json(request).then(
        (task) => {
          response.writeHead(202).end();
          load.#accept(task as Task);
        },
        () => response.writeHead(400).end(),
      );
    });
    const load = new SteadyLoad(options, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return load;
  }

  /** Where tasks are to be posted. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/external`;
  }

  get total(): number {
    return this.#options.seconds * this.#options.perSecond;
  }

  /** Silent ones time out, all others succeed. */
  get expectedTimeouts(): number {
    return Math.ceil(this.total / SILENT_EVERY);
  }

  /**
   * Runs until every workflow has ended.
   *
   * @param onMinutes told each ten virtual minutes how many workflows have been started, and how many have ended
   */
  async run(cloud: LocalCloud, api: string, machine: string, onMinutes: (line: string) => void): Promise<void> {
    const startedMs = this.clock.now();
    await new Promise<void>((resolve) => {
      cloud.events.on('status', (notice) => {
        if (notice.stateMachineArn === machine && notice.status !== 'RUNNING' && this.#note(notice)) {
          resolve();
        }
      });
      const second = (index: number): void => {
        if (index % 600 === 0) {
          onMinutes(`${index / 60} min: ${this.#started} started, ${this.#ended} ended`);
        }
        if (index === this.#options.seconds) {
          return;
        }
        for (let count = 0; count < this.#options.perSecond; count++) {
          void this.clock.track(this.#start(api));
        }
        this.clock.schedule(startedMs + (index + 1) * 1000, () => second(index + 1));
      };
      second(0);
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #start(api: string): Promise<void> {
    const silent = this.#started++ % SILENT_EVERY === 0;
    await this.#send('POST', `${api}workflows`, 202, { input: { silent }, timeoutSeconds: TIMEOUT_SECONDS });
  }

  #accept({ callbackUrl, payload, resumeToken }: Task): void {
    if (payload.silent) {
      return;
    }
    this.clock.schedule(this.clock.now() + CALLBACK_AFTER_MS, () => {
      void this.clock.track(this.#send('PUT', callbackUrl, 200, { resumeToken, status: 'succeeded' }));
    });
  }

  async #send(method: string, url: string, expected: number, body: unknown): Promise<void> {
    try {
      const response = await fetch(url, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      await response.arrayBuffer();
      if (response.status !== expected) {
        this.surprises.push(`${method} was answered ${response.status}`);
      }
    } catch (error) {
      this.surprises.push(`${method} failed: ${String(error)}`);
    }
  }

  /** @returns whether it was the last */
  #note({ status, error }: StatusNotice): boolean {
    const end = error === undefined ? status : `${status} ${error}`;
    this.ends.set(end, (this.ends.get(end) ?? 0) + 1);
    this.#ended += 1;
    return this.#ended === this.total;
  }
}
