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
  private readonly ready: AcceptedTask[] = [];
  private readonly lost: string[] = [];
  private started = 0;
  private ended = 0;
  private accepted = 0;
  private mostInFlight = 0;
  private movedAtMs = performance.now();

  constructor(
    private readonly options: LoadOptions,
    private readonly latencies: Latencies,
    /** Told after each workflow how many have ended. */
    private readonly onEnded: (ended: number) => void,
  ) {}

  /** The external service was asked. */
  accept(task: AcceptedTask): void {
    this.accepted += 1;
    this.ready.push(task);
    this.mostInFlight = Math.max(this.mostInFlight, this.accepted - this.ended);
  }

  /** @throws when nothing moves any more */
  async run(workflows: WorkflowApi): Promise<LoadReport> {
    const startedAtMs = performance.now();
    const { connections } = this.options;
    const workers = Array.from({ length: connections }, () => [this.starting(workflows), this.finishing(workflows)]);
    await Promise.all(workers.flat());
    return { durationMs: performance.now() - startedAtMs, mostInFlight: this.mostInFlight, lost: this.lost };
  }

  private async starting(workflows: WorkflowApi): Promise<void> {
    while (this.started < this.options.workflows) {
      if (this.started - this.ended >= this.options.inFlight) {
        await this.pause();
        continue;
      }
      const number = this.started++;
      const answer = await this.latencies.time('POST /workflows', () =>
        workflows.api.post('workflows', { input: { number } }),
      );
      expectStatus(answer, 202);
      this.movedAtMs = performance.now();
    }
  }

  private async finishing(workflows: WorkflowApi): Promise<void> {
    while (this.ended < this.options.workflows) {
      const enough = this.accepted - this.ended >= this.options.inFlight || this.accepted >= this.options.workflows;
      const task = enough ? this.ready.shift() : undefined;
      if (task === undefined) {
        await this.pause();
        continue;
      }
      await this.finish(workflows, task);
      this.ended += 1;
      this.movedAtMs = performance.now();
      this.onEnded(this.ended);
    }
  }

  private async finish(workflows: WorkflowApi, { id, resumeToken }: AcceptedTask): Promise<void> {
    const answer = await this.latencies.time('PUT /tasks/{taskId}', () =>
      workflows.callBack(id, { resumeToken, status: 'succeeded', data: { id } }),
    );
    expectStatus(answer, 200);
    const { status, externalServiceOutput } = await this.latencies.time('callback until ended', () =>
      workflows.endedWorkflow(id),
    );
    const expected = JSON.stringify([{ data: { id }, status: 'succeeded' }]);
    if (status !== 'SUCCEEDED' || JSON.stringify(externalServiceOutput) !== expected) this.lost.push(id);
  }

  private async pause(): Promise<void> {
    await delay(pauseMs);
    if (performance.now() - this.movedAtMs > stalledAfterMs) {
      const { started, accepted, ended } = this;
      throw new Error(
        `Nothing has moved for ${stalledAfterMs} ms: ${started} started, ${accepted} accepted, ${ended} ended.`,
      );
    }
  }
}
