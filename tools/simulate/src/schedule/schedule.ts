import type { Fault, Outage } from './faults';

/** How the external service says that a task ended. */
export type Outcome =
  | { readonly status: 'succeeded'; readonly data: unknown }
  | { readonly status: 'failed'; readonly error: string; readonly cause: string };

/** How the external service answers one request: a status, or nothing at all. */
export interface ServiceAnswer {
  readonly status: number | 'silent';
  readonly afterMs: number;
}

/** A callback, and how often it is sent again while it gets a 5xx or no answer. */
export interface CallbackPlan {
  /** Sent so long after this request for the task arrived, from 1. */
  readonly onRequest: number;
  readonly afterMs: number;
  readonly outcome: Outcome;
  readonly resends: number;
  readonly wrongToken: boolean;
}

export interface ServicePlan {
  /** By request; every further one is answered 202 at once. */
  readonly answers: readonly ServiceAnswer[];
  readonly callbacks: readonly CallbackPlan[];
  readonly heartbeats?: { readonly everyMs: number; readonly count: number };
}

/** Something that an operator does to an execution, or to one of a composite's sub-workflows. */
export interface Operation {
  readonly atMs: number;
  readonly what: 'stop' | 'redrive';
  readonly child?: number;
}

/** One request that starts something; `variant` tells payloads apart, `key` requests that share an `Idempotency-Key`. */
export interface StartPlan {
  readonly atMs: number;
  readonly variant: number;
  readonly key?: number;
}

export interface TaskPlan {
  readonly kind: 'task';
  readonly route: 'tasks' | 'workflows';
  readonly starts: readonly StartPlan[];
  readonly timeoutSeconds: number;
  readonly heartbeatSeconds?: number;
  readonly service: ServicePlan;
  readonly operations: readonly Operation[];
  readonly looksAtMs: readonly number[];
}

export interface CompositePlan {
  readonly kind: 'composite';
  readonly starts: readonly StartPlan[];
  /** One for each sub-workflow. */
  readonly services: readonly ServicePlan[];
  readonly operations: readonly Operation[];
  readonly looksAtMs: readonly number[];
}

export interface NamePlan {
  readonly kind: 'name';
  readonly starts: readonly StartPlan[];
  readonly delaySeconds: number;
  readonly operations: readonly Operation[];
  readonly looksAtMs: readonly number[];
}

export type Plan = TaskPlan | CompositePlan | NamePlan;

/** Everything that happens in one run: what clients, operators and the external service do, and the faults. */
export interface Schedule {
  readonly seed: number;
  readonly plans: readonly Plan[];
  readonly faults: readonly Fault[];
  readonly outages: readonly Outage[];
}
