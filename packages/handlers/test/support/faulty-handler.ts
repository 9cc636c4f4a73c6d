import { NodeHttpHandler } from '@smithy/node-http-handler';

type Handle = NodeHttpHandler['handle'];

/**
 * - `refuse`: AWS throttles the call, and does nothing.
 * - `lose-request`: the connection breaks before AWS gets the call.
 * - `lose-answer`: AWS does what it was asked to, and the connection breaks before it says so.
 * - `crash-before`, `crash-after`: the function dies before or after the call; nothing of it runs any more, nor does
 *   the SDK try again.
 */
export type Fault = 'refuse' | 'lose-request' | 'lose-answer' | 'crash-before' | 'crash-after';

/** What a function that has died throws from every call. */
const crash = () => new Error('crashed');

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
  private readonly underWay = new Set<Promise<unknown>>();
  private stopped = false;
  private readonly faults: { readonly action: string; readonly fault: Fault }[] = [];

  constructor(private readonly inner: { handle: Handle } = new NodeHttpHandler()) {}

  /** Awaited before and after each call: lets a test decide in which order simultaneous calls happen. */
  gate: (action: string) => Promise<void> = async () => {};
  /** Asked for a fault at each call that none was planned for. */
  chance: () => Fault | undefined = () => undefined;

  /** Fails the next so many calls of an action. */
  fail(action: string, fault: Fault, times = 1): void {
    this.faults.push(...Array.from({ length: times }, () => ({ action, fault })));
  }

  handle: Handle = async (request, options) => {
    const action = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
    this.calls.push(action);
    const index = this.faults.findIndex((it) => it.action === action);
    const fault = index < 0 ? this.chance() : this.faults.splice(index, 1)[0]?.fault;
    await this.gate(action);
    if (fault === 'crash-before') {
      throw crash();
    }
    if (fault === 'refuse') {
      return throttled() as unknown as Awaited<ReturnType<Handle>>;
    }
    if (fault === 'lose-request') {
      throw brokenConnection();
    }
    const answer = await this.pass(request, options);
    await this.gate(`${action} answered`);
    if (fault === 'crash-after') {
      throw crash();
    }
    if (fault === 'lose-answer') {
      throw brokenConnection();
    }
    return answer;
  };

  private pass(...call: Parameters<Handle>): ReturnType<Handle> {
    if (this.stopped) throw brokenConnection();
    const answer = this.inner.handle(...call);
    const settled = answer.catch(() => undefined).finally(() => this.underWay.delete(settled));
    this.underWay.add(settled);
    return answer;
  }

  /** Breaks every later call, and waits for those under way: what a test left behind must not meet a closed service. */
  async stop(): Promise<void> {
    this.stopped = true;
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {}
}
