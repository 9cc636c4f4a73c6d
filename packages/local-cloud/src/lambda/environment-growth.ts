/** How often a pool looks whether it keeps up. */
export const GROW_INTERVAL_MS = 250;
/** So many looks in a row have to find capacity: a moment in which all happen to wait is no reason to start threads. */
const CAPACITY_LOOKS = 3;
/** So many looks in a row at a queue that did not move bring another environment, whoever occupies the processors. */
const PATIENCE_LOOKS = 4;

/** A queue of invocations, and who works it off. */
export interface QueueState {
  readonly waiting: number;
  readonly environments: number;
  /**
   * How often in a row it was looked at, and nothing had been taken from it since. Looks and not time: when the runtime
   * itself was held up, so was what would have moved the queue.
   */
  readonly unmovedLooks: number;
  /** How often in a row a further thread would have found something to do its work with: see `ThreadMeter`. */
  readonly capacityLooks: number;
}

/**
 * How many environments to start for a queue. Functions that wait for something else leave capacity, and get as many threads
 * as they need, twice as many each time. Where all is busy, one more only takes memory and time from the others, however
 * long the queue is: it comes only if the queue stands still, as it does when those inside wait for one that is queued.
 */
export function growthOf({ environments, capacityLooks, unmovedLooks, waiting }: QueueState): number {
  if (capacityLooks >= CAPACITY_LOOKS) {
    return Math.min(waiting, Math.max(1, environments));
  }
  return unmovedLooks >= PATIENCE_LOOKS ? Math.min(waiting, 1) : 0;
}
