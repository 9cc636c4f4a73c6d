/**
 * The faults, and where they apply. A fault names a point and which occurrence there it hits: the second AWS call of
 * `complete-task`, the first callback. So a schedule is a list that can be printed, made smaller and replayed.
 */

/** Faults of a request to AWS. */
export const CALL_FAULTS = {
  /** The connection breaks before the request arrives. */
  refuse: 'not applied, connection reset',
  /** The request never arrives; the caller waits until it gives up. */
  'lose-request': 'not applied, no answer',
  throttle: 'not applied, throttled',
  fail: 'not applied, 500',
  /** Applied, but the caller never receives an answer. */
  'lose-answer': 'applied, no answer',
  /** Applied, and the connection breaks before the answer. */
  'reset-after': 'applied, connection reset',
  /** Applied, and answered with a 500. */
  'fail-after': 'applied, 500',
  /** Arrives after the caller has given up and perhaps tried again. */
  late: 'applied late',
  /** Slow, but within what the caller waits for. */
  slow: 'applied and answered slowly',
  /** The function's process dies with the request on the way: not applied. */
  'crash-before': 'function crashed before the call',
  /** The function's process dies when the request has been applied. */
  'crash-after': 'function crashed after the call',
  /** The function freezes and is stopped at its timeout. */
  'hang-before': 'function timed out before the call',
  'hang-after': 'function timed out after the call',
  /** DescribeExecution is eventually consistent: answers as things stood a second ago. */
  stale: 'read stale',
} as const;

/** Faults of an invocation. */
export const INVOKE_FAULTS = {
  'invoke-throttle': 'Lambda throttled',
  'invoke-fail': 'Lambda answered 500',
  /** The function runs, but its caller is told that the request failed. */
  'invoke-lose-answer': 'function ran, its answer was lost',
  'invoke-slow': 'cold start of some seconds',
} as const;

/** Faults of a message between two parties: a request to the external service, a callback, an event. */
export const MESSAGE_FAULTS = {
  drop: 'message lost',
  'drop-answer': 'message arrived, its answer was lost',
  duplicate: 'message arrived twice',
  delay: 'message delayed',
} as const;

export type CallFault = keyof typeof CALL_FAULTS;
export type InvokeFault = keyof typeof INVOKE_FAULTS;
export type MessageFault = keyof typeof MESSAGE_FAULTS;
export type FaultKind = CallFault | InvokeFault | MessageFault;

/** Parties between which messages pass. */
export type Channel = 'to-service' | 'callback' | 'client' | 'event';

export interface Fault {
  /** `call:<function>`, `invoke:<function>`, or a channel. */
  readonly at: string;
  /** Which occurrence, from 1. */
  readonly nth: number;
  readonly kind: FaultKind;
  /** For what takes time: how long, in virtual milliseconds. */
  readonly ms: number;
}

/**
 * A service is down for a while; or the processes of all functions, or that of Step Functions, are killed and started
 * again.
 */
export interface Outage {
  readonly of: 'dynamodb' | 'states' | 'restart-functions' | 'restart-states';
  readonly atMs: number;
  readonly forMs: number;
}

/** Counts occurrences and says which of them a fault hits. Counts the faults that were applied, for the summary. */
export class FaultPlan {
  readonly #faults = new Map<string, Fault>();
  readonly #occurrences = new Map<string, number>();
  readonly applied = new Map<string, number>();

  constructor(faults: readonly Fault[]) {
    for (const fault of faults) {
      this.#faults.set(`${fault.at} ${fault.nth}`, fault);
    }
  }

  /** The fault of the next occurrence at this point, if there is one. */
  next(at: string): Fault | undefined {
    const occurrence = (this.#occurrences.get(at) ?? 0) + 1;
    this.#occurrences.set(at, occurrence);
    return this.#faults.get(`${at} ${occurrence}`);
  }

  get hasHit(): boolean {
    return this.applied.size > 0;
  }

  count(kind: string): void {
    this.applied.set(kind, (this.applied.get(kind) ?? 0) + 1);
  }

  /** No fault is applied from now on. */
  end(): void {
    this.#faults.clear();
  }
}
