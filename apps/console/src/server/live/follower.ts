import {
  describeFailure,
  type ExecutionReader,
  type ExecutionSummary,
  executionArn,
  type StateMachineSummary,
} from '@workflows/inspector';
import type { ExecutionRow } from '../../wire/types';
import type { RuntimeEvents } from '../events';
import type { ExecutionCache } from '../model/execution-cache';
import type { ExecutionIndex } from '../model/execution-index';
import { Batch } from './batch';
import { hear } from './hear';
import type { Hub } from './hub';

export interface FollowerOptions {
  readonly reader: ExecutionReader;
  readonly index: ExecutionIndex;
  readonly cache: ExecutionCache;
  readonly hub: Hub;
  /** Live events of a runtime in this process; without them the follower asks at intervals. */
  readonly events?: RuntimeEvents;
  /** The state machine whose executions are tasks. */
  readonly workflowArn?: string;
  /** Keeps to these state machines; without it, all of the account. */
  readonly stateMachineArns?: readonly string[];
  readonly pollIntervalMs: number;
  /** Differs when the waiting tasks do. */
  readonly waiting: () => Promise<string>;
  /** Newest executions of each state machine that are read at the beginning. */
  readonly executionLimit: number;
}

const BATCH_MS = 200;
const RECENT = 100;
/** Calls per round for executions that left the list of the running ones. */
const DESCRIBED_PER_ROUND = 25;
/** A message names at most this many executions; windows then ask for the page that they show. */
const NAMED = 200;

/** Keeps the index true and tells the windows what changed. One follower for all windows. */
export class Follower {
  stateMachines: readonly StateMachineSummary[] = [];
  loading = true;
  /** Set while the target cannot be reached. */
  failure: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #round: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;
  /** How many events the windows that follow an execution were told of. */
  readonly #told = new Map<string, number>();
  #waiting = '';
  readonly #changed: Batch<ExecutionRow>;
  readonly #touched: Batch<{ arn: string; events: number }>;

  readonly #options: FollowerOptions;

  constructor(options: FollowerOptions) {
    this.#options = options;

    const { hub } = options;
    this.#changed = new Batch(BATCH_MS, (rows) => {
      hub.broadcast('executions', { changed: rows.slice(0, NAMED), more: rows.length > NAMED });
      hub.broadcast('waiting', {});
    });
    this.#touched = new Batch(BATCH_MS, (items) => {
      for (const { arn, events } of items) {
        hub.tellFollowers(arn, events);
      }
      hub.broadcast('waiting', {});
    });
  }

  /** Reads what is there, then follows. Resolves once the first page of every state machine has been read, or could not be. */
  async start(): Promise<void> {
    if (this.#options.events !== undefined) {
      this.#unsubscribe = hear(this.#options.events, this);
    }
    this.#options.hub.onArrival(() => this.#wake());
    await this.#attempt(() => this.#readFirst());
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#unsubscribe?.();
    this.#changed.close();
    this.#touched.close();
  }

  /** A heartbeat for this task was delivered just now. */
  heartbeat(taskId: string): void {
    const { workflowArn, cache } = this.#options;
    if (workflowArn === undefined) {
      return;
    }
    const arn = executionArn(workflowArn, taskId);
    cache.heartbeat(arn, Date.now());
    this.touch(arn, 0);
  }

  /** The execution has new events. */
  touch(arn: string, events: number): void {
    void this.#options.cache.invalidate(arn).then(() => this.#touched.add(arn, { arn, events }));
  }

  /** Takes what is known of an execution, and tells the windows when that is new. */
  put(summary: ExecutionSummary): boolean {
    const row = this.#options.index.put(summary);
    if (row !== undefined) {
      this.#changed.add(row.arn, row);
    }
    return row !== undefined;
  }

  async #readFirst(): Promise<void> {
    await this.#readStateMachines();
    const rest: [StateMachineSummary, string][] = [];
    for (const machine of this.stateMachines) {
      const page = await this.#options.reader.executions(machine.arn, {
        limit: Math.min(1000, this.#options.executionLimit),
      });
      for (const execution of page.executions) {
        this.put(execution);
      }
      if (page.nextToken !== undefined) {
        rest.push([machine, page.nextToken]);
      }
    }
    void this.#attempt(() => this.#readRest(rest));
  }

  async #readRest(rest: readonly [StateMachineSummary, string][]): Promise<void> {
    for (const [machine, token] of rest) {
      let nextToken: string | undefined = token;
      for (
        let read = 1000;
        nextToken !== undefined && read < this.#options.executionLimit && !this.#closed;
        read += 1000
      ) {
        const page = await this.#options.reader.executions(machine.arn, { nextToken });
        for (const execution of page.executions) {
          this.put(execution);
        }
        nextToken = page.nextToken;
      }
    }
    this.loading = false;
    this.#options.hub.broadcast('executions', { changed: [], more: true });
  }

  async #readStateMachines(): Promise<void> {
    const { reader, stateMachineArns } = this.#options;
    const all =
      stateMachineArns?.map((arn) => ({ arn, name: arn.split(':').at(-1) ?? arn })) ?? (await reader.stateMachines());
    this.stateMachines = [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A window opened: look at once instead of at the end of the interval. */
  #wake(): void {
    if (this.#options.events === undefined || this.failure !== undefined) {
      this.#schedule(0);
    }
  }

  #schedule(delayMs = this.#options.pollIntervalMs): void {
    if (this.#closed) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // No window is open, so the console makes no calls.
      const due = this.#options.hub.size > 0 && (this.#options.events === undefined || this.failure !== undefined);
      this.#round ??= (due ? this.#attempt(() => this.#poll()) : Promise.resolve()).finally(() => {
        this.#round = undefined;
        this.#schedule();
      });
    }, delayMs);
    this.#timer.unref();
  }

  async #poll(): Promise<void> {
    if (this.failure !== undefined || this.stateMachines.length === 0) {
      await this.#reconnect();
    }
    const { reader, index, cache, hub } = this.#options;
    const seen = new Set<string>();
    for (const machine of this.stateMachines) {
      const recent = await reader.executions(machine.arn, { limit: RECENT });
      for (const execution of recent.executions) {
        seen.add(execution.arn);
        if (this.put(execution)) {
          await cache.invalidate(execution.arn);
        }
      }
    }
    const followed = hub.followed();
    const unseen = index.running().filter((row) => !seen.has(row.arn));
    const first = unseen.filter((row) => followed.has(row.arn));
    const others = unseen.filter((row) => !followed.has(row.arn)).slice(-DESCRIBED_PER_ROUND);
    for (const { arn } of [...first, ...others]) {
      const found = await reader.describe(arn);
      if (found !== undefined && this.put(found)) {
        await cache.invalidate(arn);
      }
    }
    await this.#pollFollowed(followed);
    const waiting = await this.#options.waiting();
    if (waiting !== this.#waiting) {
      hub.broadcast('waiting', {});
    }
    this.#waiting = waiting;
  }

  /** Compares with what the windows were told, not with the cache: a request for a page may have refreshed that meanwhile. */
  async #pollFollowed(followed: ReadonlySet<string>): Promise<void> {
    for (const arn of this.#told.keys()) {
      if (!followed.has(arn)) {
        this.#told.delete(arn);
      }
    }
    for (const arn of followed) {
      if ((await this.#options.cache.load(arn))?.model.status === 'RUNNING') {
        await this.#options.cache.invalidate(arn);
      }
      const events = (await this.#options.cache.load(arn))?.model.timeline.length ?? 0;
      if (this.#told.get(arn) !== events) {
        this.#touched.add(arn, { arn, events });
      }
      this.#told.set(arn, events);
    }
  }

  /** The target is back, or another one is in its place: nothing that was known need hold. */
  async #reconnect(): Promise<void> {
    const before = this.#options.index.page({ page: 1, size: 1 }).matched;
    await this.#readStateMachines();
    this.#options.index.clear();
    this.#options.cache.clear();
    await this.#readFirst();
    if (before > 0) {
      this.#options.hub.broadcast('executions', { changed: [], more: true });
    }
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (this.failure !== undefined) {
        this.#options.hub.broadcast('upstream', { connected: true });
      }
      this.failure = undefined;
    } catch (error) {
      this.failure = describeFailure(error);
      if (!this.#closed) {
        this.#options.hub.broadcast('upstream', { connected: false, message: this.failure });
      }
    }
  }
}
