import { Random } from '../random';
import type { Answer, Evidence } from '../run/evidence';
import type { World } from '../world/world';

const TASK_TOKEN = /V0ZU[\w-]{60}/;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

/** Sends requests to one API and checks every answer. */
export class ApiClient {
  readonly #random: Random;

  readonly #world: World;
  readonly #evidence: Evidence;
  readonly #baseUrl: string;

  constructor(world: World, evidence: Evidence, baseUrl: string, seed: number) {
    this.#world = world;
    this.#evidence = evidence;
    this.#baseUrl = baseUrl;
    this.#random = new Random(seed, baseUrl);
  }

  newRequestId(): string {
    return this.#world.uniqueId(this.#random);
  }

  async send({ body, key, method, path }: Call, id = this.newRequestId()): Promise<Answer> {
    const { apis, clock, timeline } = this.#world;
    await clock.sleep(this.#random.delayMs(2, 60));
    const response = await apis.request({
      id,
      method,
      url: new URL(path, this.#baseUrl).href,
      headers: key === undefined ? {} : { 'idempotency-key': `"${key}"` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = response.body.toString('utf8');
    timeline.add(
      clock.now(),
      'api',
      `${method} /${path} ${body === undefined ? '' : shown(body)} → ${response.status} ${text.slice(0, 200)}`,
    );
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : JSON.parse(text),
    };
    this.#examine(`${method} /${path}`, answer, `${JSON.stringify(response.headers)}${text}`);
    return answer;
  }

  #examine(request: string, answer: Answer, text: string): void {
    if (TASK_TOKEN.test(text)) {
      this.#evidence.violate('tokens-secret', `a task token in the answer to ${request}`);
    }
    for (const resumeToken of this.#evidence.resumeTokens.values()) {
      if (text.includes(resumeToken)) {
        this.#evidence.violate('tokens-secret', `a resume token in the answer to ${request}`);
      }
    }
    if (answer.body.code === 'internal-error') {
      this.#evidence.violate('contract', `${request} was answered internal-error`);
    }
  }
}

/** The body without its resume token, which would make the timeline hard to read. */
function shown(body: unknown): string {
  return JSON.stringify(body, (name, value) => (name === 'resumeToken' ? '…' : value));
}
