/** A client for the JSON APIs under test that checks, on every answer, what holds for all of them. */
import http from 'node:http';
import https from 'node:https';
import { PublishedApi } from './published-api';
import { waitUntil } from './wait';

/** An answer as it came. */
export interface Answer {
  readonly request: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; `undefined` when there is none. */
  readonly body: unknown;
}

export interface Call {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The target broke a rule that holds for every answer. */
class BrokenAnswerError extends Error {
  override readonly name = 'BrokenAnswerError';
}

const bodyless = new Set([204, 304]);
const published = PublishedApi.load();

/** Calls one API. */
export class ApiClient {
  /** @param endpoint base URL with a trailing slash */
  constructor(readonly endpoint: string) {}

  get(path: string, call: Call = {}): Promise<Answer> {
    return this.call('GET', path, call);
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call('POST', path, { body, headers });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, { body });
  }

  /**
   * Sends a request and reads the answer.
   *
   * @param path below the endpoint, without a leading slash, already percent-encoded
   * @throws {BrokenAnswerError} for a 5xx, for a body that is not what its content type says, and for an answer that the
   *   published document does not describe
   */
  async call(method: string, path: string, { body, rawBody, headers = {} }: Call = {}): Promise<Answer> {
    const payload = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const send = () =>
      fetch(new URL(path, this.endpoint), {
        method,
        redirect: 'manual',
        headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(payload === undefined ? {} : { body: payload }),
      });
    // The stage throttles before any of our code runs, and the suite is faster than its limits allow.
    const response = await waitUntil(send, ({ status }) => status !== 429, {
      what: `${method} ${path} not to be throttled`,
      everyMs: 100,
    });
    const text = await response.text();
    const answer = checked({ request: `${method} ${path}`, status: response.status, headers: response.headers, text });
    this.#requireDescribed(method, path, answer);
    return answer;
  }

  /** Routes that this API does not have are `route-not-found`, which the tests of routes look at. */
  #requireDescribed(method: string, path: string, { request, status, headers, text }: Answer): void {
    const base = new URL(this.endpoint).pathname;
    const operation = published.find(method, new URL(path, this.endpoint).pathname.slice(base.length - 1));
    if (operation === undefined || text.includes('"code":"route-not-found"')) {
      return;
    }
    const contentType = headers.get('content-type') ?? '';
    const problem = published.undescribed(operation, { status, contentType, text });
    if (problem !== undefined) {
      throw new BrokenAnswerError(`${request} is not as docs/openapi.json says: ${problem}`);
    }
  }

  /**
   * Sends a GET with a path that `fetch` would normalise or refuse (`..`, broken percent-encoding).
   *
   * @returns the status alone: a gateway may answer such a request itself, in its own words
   */
  statusOf(verbatimPath: string): Promise<number> {
    const { hostname, port, protocol, pathname } = new URL(this.endpoint);
    const { request } = protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      request({ hostname, port, path: `${pathname}${verbatimPath}`, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }
}

function checked({ request, status, headers, text }: Omit<Answer, 'body'>): Answer {
  const fail = (why: string): never => {
    throw new BrokenAnswerError(`${request} answered ${status}: ${why}. Body: ${text.slice(0, 500)}`);
  };
  if (status >= 500) {
    fail('nothing that a client sends may end in a 5xx');
  }
  if (bodyless.has(status)) {
    if (text !== '') {
      fail('this status carries no body');
    }
    return { request, status, headers, text, body: undefined };
  }
  const type = headers.get('content-type') ?? '';
  const expected = status >= 400 ? 'application/problem+json' : 'application/json';
  if (type.split(';', 1)[0]?.trim() !== expected) {
    fail(`content type ${type}, expected ${expected}`);
  }
  try {
    return { request, status, headers, text, body: JSON.parse(text) };
  } catch {
    return fail('the body is not JSON');
  }
}
