import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import { ACCOUNT_ID } from '../account';
import type { AwsRequest, AwsResponse } from '../contracts';

/** The part of a request that dynalite looks at. */
export type TableRequest = Pick<AwsRequest, 'headers' | 'body'>;

/** dynalite without its port: requests are handed to its handler in this process. Tables are in memory. */
export class TableEngine {
  readonly #server: Server;

  constructor(region: string) {
    this.#server = withEnvironment({ AWS_REGION: region, AWS_ACCOUNT_ID: ACCOUNT_ID }, () =>
      dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
    );
  }

  handle({ headers, body }: TableRequest): Promise<AwsResponse> {
    return new Promise((resolve) => {
      const incoming = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers });
      this.#server.emit('request', incoming, new Outgoing(resolve));
      incoming.emit('data', body);
      incoming.emit('end');
    });
  }
}

/** As much of a `ServerResponse` as dynalite uses. */
class Outgoing {
  statusCode = 200;
  readonly #headers: Record<string, string> = {};

  readonly #respond: (response: AwsResponse) => void;

  constructor(respond: (response: AwsResponse) => void) {
    this.#respond = respond;
  }

  setHeader(name: string, value: string | number): void {
    this.#headers[name.toLowerCase()] = String(value);
  }

  end(body = ''): void {
    this.#respond({ status: this.statusCode, headers: this.#headers, body });
  }
}

/** dynalite takes region and account from the environment, once, when it is made. */
function withEnvironment<T>(variables: Readonly<Record<string, string>>, make: () => T): T {
  const saved = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return make();
  } finally {
    for (const [name, value] of saved) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  }
}
