import {
  type ApiRequest,
  type ApiResponse,
  type ApiService,
  HttpApi,
  type HttpApiOptions,
} from '@workflows/local-cloud/services';

export interface ApiCall {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** API Gateway's id of the request. */
  readonly id: string;
}

/** The HTTP APIs of the stacks, by host, without ports. */
export class SimulatedApis implements ApiService {
  readonly #entries = new Map<string, { readonly api: HttpApi; readonly url: string }>();

  readonly #options: Omit<HttpApiOptions, 'id' | 'name'>;

  constructor(options: Omit<HttpApiOptions, 'id' | 'name'>) {
    this.#options = options;
  }

  async create(id: string, name: string): Promise<{ readonly api: HttpApi; readonly url: string }> {
    const entry = { api: new HttpApi({ ...this.#options, id, name }), url: `https://${id}.execute-api.test` };
    this.#entries.set(id, entry);
    return entry;
  }

  get(id: string): { readonly api: HttpApi; readonly url: string } {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      throw new Error(`HTTP API ${id} does not exist`);
    }
    return entry;
  }

  async request({ body = '', headers, id, method, url }: ApiCall): Promise<ApiResponse> {
    const { hostname, pathname, search } = new URL(url);
    const request: ApiRequest = {
      id,
      method,
      rawPath: pathname,
      rawQuery: search.slice(1),
      headers: { host: hostname, ...(body === '' ? {} : { 'content-type': 'application/json' }), ...headers },
      body: Buffer.from(body),
      sourceIp: '192.0.2.1',
      port: 443,
      protocol: 'HTTP/1.1',
    };
    return await this.get(hostname.split('.')[0] ?? '').api.handle(request);
  }

  async close(): Promise<void> {}
}
