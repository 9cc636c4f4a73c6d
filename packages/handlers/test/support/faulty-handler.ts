import { NodeHttpHandler } from '@smithy/node-http-handler';

type Handle = NodeHttpHandler['handle'];

/**
 * - `refuse`: AWS throttles the call, and does nothing.
 * - `lose-request`: the connection breaks before AWS gets the call.
 * - `lose-answer`: AWS does what it was asked to, and the connection breaks before it says so.
 */
export type Fault = 'refuse' | 'lose-request' | 'lose-answer';

const brokenConnection = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

const throttled = () => ({
  response: {
    statusCode: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' })),
  },
});

/** An HTTP handler of the AWS SDK that can be told to fail calls of an action, once each. */
export class FaultyHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly calls: string[] = [];
  readonly #faults: { readonly action: string; readonly fault: Fault }[] = [];

  readonly #inner: { handle: Handle };

  constructor(inner: { handle: Handle } = new NodeHttpHandler()) {
    this.#inner = inner;
  }

  /** Fails the next so many calls of an action. */
  fail(action: string, fault: Fault, times = 1): void {
    this.#faults.push(...Array.from({ length: times }, () => ({ action, fault })));
  }

  handle: Handle = async (request, options) => {
    const action = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
    this.calls.push(action);
    const index = this.#faults.findIndex((it) => it.action === action);
    const fault = index < 0 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
    if (fault === 'refuse') {
      return throttled() as unknown as Awaited<ReturnType<Handle>>;
    }
    if (fault === 'lose-request') {
      throw brokenConnection();
    }
    const answer = await this.#inner.handle(request, options);
    if (fault === 'lose-answer') {
      throw brokenConnection();
    }
    return answer;
  };

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {}
}
