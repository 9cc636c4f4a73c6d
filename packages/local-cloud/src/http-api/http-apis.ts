import type { RuntimeClock } from '../contracts';
import { UnsupportedError } from '../unsupported-error';
import { HttpApi, type HttpApiOptions } from './http-api';
import { type Listener, listen } from './listener';

interface Entry {
  readonly api: HttpApi;
  readonly url: string;
  readonly listener: Listener;
}

/** The HTTP APIs as a stack makes them. */
export type ApiService = Pick<HttpApis, 'create' | 'get'>;

/** The HTTP APIs of the runtime, each on a port of its own, in the order in which they are created. */
export class HttpApis {
  readonly #entries = new Map<string, Entry>();

  /** Port of the first API; 0 gives each a free one. */
  readonly #firstPort: number;
  readonly #options: Omit<HttpApiOptions, 'id' | 'name'> & { readonly clock: RuntimeClock };

  constructor(firstPort: number, options: Omit<HttpApiOptions, 'id' | 'name'> & { readonly clock: RuntimeClock }) {
    this.#firstPort = firstPort;
    this.#options = options;
  }

  /** @throws {PortUnavailableError} */
  async create(id: string, name: string): Promise<{ readonly api: HttpApi; readonly url: string }> {
    const api = new HttpApi({ ...this.#options, id, name });
    const port = this.#firstPort === 0 ? 0 : this.#firstPort + this.#entries.size;
    const listener = await listen(api, port, this.#options.clock);
    const entry = { api, listener, url: listener.url };
    this.#entries.set(id, entry);
    return entry;
  }

  /** @throws {UnsupportedError} when there is none of that id. */
  get(id: string): { readonly api: HttpApi; readonly url: string } {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      throw new UnsupportedError(`HTTP API ${id} does not exist`);
    }
    return entry;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ listener }) => listener.close()));
  }
}
