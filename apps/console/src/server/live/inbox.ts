import { type Redactor, Redactor as TokenRedactor } from '@workflows/inspector';
import type { Hub } from './hub';

/** A request that the mock received, with the secret that answers it. Stays on the server. */
export interface ReceivedRequest {
  readonly id: string;
  readonly resumeToken: string;
  readonly callbackUrl: string;
  /** JSON text, without tokens. */
  readonly payload: string;
  readonly received: number;
  readonly receivedAt: number;
}

const POLL_MS = 1000;
const TIMEOUT_MS = 3000;

/** Follows the requests that the mock external service's Node app received (`GET /requests`). Asks only while a window is open. */
export class Inbox {
  #requests = new Map<string, ReceivedRequest>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  readonly #serviceUrl: string;
  readonly #hub: Hub;
  readonly #now: () => number;

  constructor(serviceUrl: string, hub: Hub, now: () => number) {
    this.#serviceUrl = serviceUrl;
    this.#hub = hub;
    this.#now = now;
    this.#schedule();
    hub.onArrival(() => this.#schedule(0));
  }

  /** The newest first. */
  all(): ReceivedRequest[] {
    return [...this.#requests.values()].sort((a, b) => b.receivedAt - a.receivedAt);
  }

  get(id: string): ReceivedRequest | undefined {
    return this.#requests.get(id);
  }

  async refresh(): Promise<void> {
    const response = await fetch(new URL('requests', this.#serviceUrl), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const received = readRequests(await response.json(), this.#now());
    const before = signature(this.#requests);
    this.#requests = merge(received, this.#requests);
    if (signature(this.#requests) !== before) {
      this.#hub.broadcast('inbox', { open: this.#requests.size });
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #schedule(delayMs = POLL_MS): void {
    if (this.#closed) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A mock that is not up yet, or no more, has no requests to show; the waiting tasks are shown without it.
      const asked = this.#hub.size === 0 ? Promise.resolve() : this.refresh().catch(() => undefined);
      void asked.then(() => this.#schedule());
    }, delayMs);
    this.#timer.unref();
  }
}

function signature(requests: ReadonlyMap<string, ReceivedRequest>): string {
  return [...requests.values()].map((it) => `${it.id}×${it.received}`).join();
}

/** One entry for each id: a retry sends the same request again. */
function merge(
  received: readonly ReceivedRequest[],
  known: ReadonlyMap<string, ReceivedRequest>,
): Map<string, ReceivedRequest> {
  const merged = new Map<string, ReceivedRequest>();
  for (const request of received) {
    const earlier = merged.get(request.id);
    const receivedAt = earlier?.receivedAt ?? known.get(request.id)?.receivedAt ?? request.receivedAt;
    merged.set(request.id, { ...request, receivedAt, received: (earlier?.received ?? 0) + 1 });
  }
  return merged;
}

/** Accepts the mock's list, bare or as `{requests: […]}`, its entries bare or with the sent document in `body`. */
function readRequests(answer: unknown, now: number): ReceivedRequest[] {
  const list = Array.isArray(answer) ? answer : field(answer, 'requests');
  if (!Array.isArray(list)) {
    return [];
  }
  const redactor = new TokenRedactor();
  return list.flatMap((entry: unknown) => readRequest(entry, redactor, now) ?? []);
}

function readRequest(entry: unknown, redactor: Redactor, now: number): ReceivedRequest | undefined {
  const sent = field(entry, 'body') ?? field(entry, 'request') ?? entry;
  const [id, resumeToken, callbackUrl] = ['id', 'resumeToken', 'callbackUrl'].map((name) => field(sent, name));
  if (typeof id !== 'string' || typeof resumeToken !== 'string' || typeof callbackUrl !== 'string') {
    return undefined;
  }
  redactor.learn(resumeToken);
  const at = field(entry, 'receivedAt');
  const parsed = typeof at === 'string' ? Date.parse(at) : Number(at);
  return {
    id,
    resumeToken,
    callbackUrl,
    payload: redactor.text(JSON.stringify(field(sent, 'payload') ?? null)),
    received: 1,
    receivedAt: Number.isFinite(parsed) ? parsed : now,
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
