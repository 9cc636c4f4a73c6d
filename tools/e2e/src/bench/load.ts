/** Keeps a number of workflows waiting while others are started and called back, until all have ended. */
import { setTimeout as delay } from 'node:timers/promises';
import { expectStatus, type WorkflowApi } from '../workflow-api';
import type { AcceptedTask } from './external-service';
import type { Latencies } from './latencies';
import type { LoadOptions } from './options';

export interface LoadReport {
  readonly durationMs: number;
  readonly mostInFlight: number;
  /** Workflows that did not end as their callback said. */
  readonly lost: readonly string[];
}

const pauseMs = 5;
const stalledAfterMs = 120_000;

/** One run of the load. */
export class Load {
  readonly #ready: AcceptedTask[] = [];
  readonly #lost: string[] = [];
  #started = 0;
  #ended = 0;
  #accepted = 0;
  #mostInFlight = 0;
  #movedAtMs = performance.now();

  readonly #options: LoadOptions;
  readonly #latencies: Latencies;
  /** Told after each workflow how many have ended. */
  readonly #onEnded: (ended: number) => void;

  constructor(options: LoadOptions, latencies: Latencies, onEnded: (ended: number) => void) {
    this.#options = options;
    this.#latencies = latencies;
    this.#onEnded = onEnded;
  }

  /** The external service was asked. */
  accept(task: AcceptedTask): void {
    this.#accepted += 1;
    this.#ready.push(task);
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#accepted - this.#ended);
  }

  /** @throws when nothing moves any more */
  async run(workflows: WorkflowApi): Promise<LoadReport> {
    const startedAtMs = performance.now();
    const { connections } = this.#options;
    const workers = Array.from({ length: connections }, () => [this.#starting(workflows), this.#finishing(workflows)]);
    await Promise.all(workers.flat());
    return { durationMs: performance.now() - startedAtMs, mostInFlight: this.#mostInFlight, lost: this.#lost };
  }

  async #starting(workflows: WorkflowApi): Promise<void> {
    while (this.#started < this.#options.workflows) {
      if (this.#started - this.#ended >= this.#options.inFlight) {
        await this.#pause();
        continue;
      }
      const number = this.#started++;
      const answer = await this.#latencies.time('POST /workflows', () =>
        workflows.api.post('workflows', { input: { number } }),
      );
      expectStatus(answer, 202);
      this.#movedAtMs = performance.now();
    }
  }

  async #finishing(workflows: WorkflowApi): Promise<void> {
    while (this.#ended < this.#options.workflows) {
      const enough =
        this.#accepted - this.#ended >= this.#options.inFlight || this.#accepted >= this.#options.workflows;
      const task = enough ? this.#ready.shift() : undefined;
      if (task === undefined) {
        await this.#pause();
        continue;
      }
      await this.#finish(workflows, task);
      this.#ended += 1;
      this.#movedAtMs = performance.now();
      this.#onEnded(this.#ended);
    }
  }

  async #finish(workflows: WorkflowApi, { id, resumeToken }: AcceptedTask): Promise<void> {
    const answer = await this.#latencies.time('PUT /tasks/{taskId}', () =>
      workflows.callBack(id, { resumeToken, status: 'succeeded', data: { id } }),
    );
    expectStatus(answer, 200);
    const { status, externalServiceOutput } = await this.#latencies.time('callback until ended', () =>
      workflows.endedWorkflow(id),
    );
    const expected = JSON.stringify([{ data: { id }, status: 'succeeded' }]);
    if (status !== 'SUCCEEDED' || JSON.stringify(externalServiceOutput) !== expected) {
      this.#lost.push(id);
    }
  }

  async #pause(): Promise<void> {
    await delay(pauseMs);
    if (performance.now() - this.#movedAtMs > stalledAfterMs) {
      const started = this.#started;
      const accepted = this.#accepted;
      const ended = this.#ended;
      throw new Error(
        `No progress for ${stalledAfterMs} ms: ${started} started, ${accepted} accepted, ${ended} ended.`,
      );
    }
  }
}
