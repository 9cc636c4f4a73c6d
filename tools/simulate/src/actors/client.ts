import type { Evidence } from '../run/evidence';
import { pass } from '../run/messages';
import type { Plan, ServicePlan, StartPlan } from '../schedule/schedule';
import type { World } from '../world/world';
import type { ApiClient, Call } from './api-client';

/** How often a client repeats a start that got a 5xx or no answer, if a repetition cannot start anything twice. */
const RESENDS = 4;

/** Which plan a payload belongs to: `2`, or `2-0` for a sub-workflow. */
const nameOf = (plan: number, child?: number): string =>
  child === undefined ? `plan-${plan}` : `plan-${plan}-${child}`;

/** A client of the APIs: sends the starts of one plan, and reads the state now and then. */
export class Client {
  /** The ids in the answers so far. */
  readonly ids = new Set<string>();

  readonly #world: World;
  readonly #evidence: Evidence;
  readonly #api: ApiClient;
  readonly #index: number;
  readonly #plan: Plan;
  /** Differs from run to run. */
  readonly #nonce: string;

  constructor(world: World, evidence: Evidence, api: ApiClient, index: number, plan: Plan, nonce: string) {
    this.#world = world;
    this.#evidence = evidence;
    this.#api = api;
    this.#index = index;
    this.#plan = plan;
    this.#nonce = nonce;
  }

  get name(): string {
    return `${this.#nonce}-${this.#index}`;
  }

  async act(): Promise<void> {
    await Promise.all([
      ...this.#plan.starts.map((start) => this.#start(start)),
      ...this.#plan.looksAtMs.map((atMs) => this.#look(atMs)),
    ]);
  }

  /** One request to start, as the API answers it. */
  async start(start: StartPlan, requestId = this.#api.newRequestId()) {
    const answer = await this.#api.send(this.#callOf(start), requestId);
    this.#evidence.starts.push({ plan: this.#index, start, requestId, answer });
    const id = answer.body.id ?? answer.body.taskId ?? answer.body.name;
    if (answer.status < 300 && typeof id === 'string') {
      this.ids.add(id);
    }
    return answer;
  }

  servicePlans(): [string, ServicePlan][] {
    const plan = this.#plan;
    if (plan.kind === 'task') {
      return [[nameOf(this.#index), plan.service]];
    }
    if (plan.kind === 'composite') {
      return plan.services.map((service, child) => [nameOf(this.#index, child), service]);
    }
    return [];
  }

  async #start(start: StartPlan): Promise<void> {
    const { clock } = this.#world;
    await clock.sleep(start.atMs);
    const repeatable = this.#plan.kind === 'name' || start.key !== undefined;
    for (let attempt = 0; attempt <= (repeatable ? RESENDS : 0); attempt++) {
      const answer = await pass(this.#world, 'client', () => this.start(start));
      if (answer !== undefined && answer.status < 500 && answer.status !== 429) {
        return;
      }
      await clock.sleep(1000 * 2 ** attempt);
    }
  }

  async #look(atMs: number): Promise<void> {
    await this.#world.clock.sleep(atMs);
    for (const path of this.#paths()) {
      await this.#api.send({ method: 'GET', path });
    }
  }

  #paths(): string[] {
    if (this.#plan.kind === 'name') {
      return [`workflow/${this.name}`];
    }
    const routes = this.#plan.kind === 'task' ? ['tasks', 'workflows'] : ['compositeWorkflows'];
    return [...this.ids].flatMap((id) => routes.map((route) => `${route}/${id}`));
  }

  #callOf({ key, variant }: StartPlan): Call {
    const plan = this.#plan;
    const method = 'POST';
    const withKey = key === undefined ? {} : { key: `${this.name}-${key}` };
    // The order of keys has no meaning in JSON, so it must not make two inputs different.
    const input = variant === 0 ? { name: nameOf(this.#index), variant } : { variant, name: nameOf(this.#index) };
    if (plan.kind === 'task') {
      const { heartbeatSeconds, route: path, timeoutSeconds } = plan;
      return {
        method,
        path,
        ...withKey,
        body: { input, timeoutSeconds, ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }) },
      };
    }
    if (plan.kind === 'composite') {
      const names = plan.services.map((_service, child) => nameOf(this.#index, child));
      return {
        method,
        path: 'compositeWorkflows',
        ...withKey,
        body: { names: variant === 0 ? names : [...names].reverse().concat(names.slice(0, 1)) },
      };
    }
    return {
      method,
      path: 'workflow',
      ...withKey,
      body: { name: this.name, input: { ...input, delaySeconds: plan.delaySeconds } },
    };
  }
}
