import type { Evidence } from '../run/evidence';
import { pass } from '../run/messages';
import type { CallbackPlan, Outcome, ServicePlan } from '../schedule/schedule';
import type { World } from '../world/world';
import type { ApiClient } from './api-client';

export interface ServiceRequest {
  readonly id: string;
  readonly resumeToken: string;
  readonly callbackUrl: string;
  readonly payload: { readonly name: string };
}

/** Delay before the first repetition of a callback; it doubles with each repetition. */
const RESEND_MS = 1000;

/** The external service: answers and calls back as its plans say. */
export class ExternalService {
  readonly #requests = new Map<string, number>();
  readonly work: Promise<void>[] = [];

  readonly #world: World;
  readonly #evidence: Evidence;
  readonly #api: ApiClient;
  readonly #planFor: (name: string) => ServicePlan | undefined;

  constructor(world: World, evidence: Evidence, api: ApiClient, planFor: (name: string) => ServicePlan | undefined) {
    this.#world = world;
    this.#evidence = evidence;
    this.#api = api;
    this.#planFor = planFor;
  }

  /** @returns the status to answer with; a promise that never settles if the service does not answer */
  async receive(request: ServiceRequest): Promise<number> {
    const { clock, timeline } = this.#world;
    const plan = this.#planFor(request.payload.name);
    if (plan === undefined) {
      throw new Error(`the external service has no plan ${request.payload.name}`);
    }
    const nth = (this.#requests.get(request.id) ?? 0) + 1;
    this.#requests.set(request.id, nth);
    timeline.add(clock.now(), 'service', `gets request ${nth} for ${request.id}`);
    for (const callback of plan.callbacks) {
      if (callback.onRequest === nth) {
        this.work.push(this.#callBack(request, callback));
      }
    }
    if (nth === 1 && plan.heartbeats !== undefined) {
      this.work.push(this.#beat(request, plan.heartbeats));
    }
    const answer = plan.answers[nth - 1] ?? { status: 202, afterMs: 20 };
    await clock.sleep(answer.afterMs);
    return answer.status === 'silent' ? new Promise(() => undefined) : answer.status;
  }

  /** One PUT, as the API answers it. */
  async put(request: ServiceRequest, outcome: Outcome, wrongToken = false) {
    const body = { id: request.id, resumeToken: wrongToken ? 'x'.repeat(43) : request.resumeToken, ...outcome };
    const answer = await this.#api.send({ method: 'PUT', path: `tasks/${request.id}`, body });
    this.#evidence.callbacks.push({ taskId: request.id, outcome, wrongToken, atMs: this.#world.clock.now(), answer });
    return answer;
  }

  async #callBack(request: ServiceRequest, { afterMs, outcome, resends, wrongToken }: CallbackPlan): Promise<void> {
    const { clock } = this.#world;
    await clock.sleep(afterMs);
    for (let attempt = 0; attempt <= resends; attempt++) {
      const answer = await pass(this.#world, 'callback', () => this.put(request, outcome, wrongToken));
      if (answer !== undefined && answer.status < 500 && answer.status !== 429) {
        return;
      }
      await clock.sleep(RESEND_MS * 2 ** attempt);
    }
  }

  async #beat(
    { id, resumeToken }: ServiceRequest,
    { count, everyMs }: NonNullable<ServicePlan['heartbeats']>,
  ): Promise<void> {
    for (let beat = 0; beat < count; beat++) {
      await this.#world.clock.sleep(everyMs);
      const call = { method: 'POST', path: `tasks/${id}/heartbeat`, body: { resumeToken } } as const;
      const answer = await pass(this.#world, 'callback', () => this.#api.send(call));
      if (answer?.status === 410) {
        return;
      }
    }
  }
}
