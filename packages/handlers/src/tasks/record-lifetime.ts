import { EXECUTION_RETENTION_SECONDS } from '@workflows/contract';
import { type Clock, epochSeconds } from '../clock';

/**
 * When a task's record may expire, in epoch seconds.
 *
 * ```
 *  attempt n starts                wait ends          execution ends             AWS forgets it   record expires
 *  ├── timeoutSeconds ─────────────┤── backoff, ──────┤── 90 days ───────────────┤                │
 *  │                               │   settling       │                          │                │
 *  ├── timeoutSeconds ─────────────┼── 90 days ───────┼──────────────────────────┼── grace ───────┤
 * ```
 *
 * Each attempt, and a redrive of the execution, starts a wait of its own and so moves the end. The grace covers what
 * passes between the end of a wait and the next write; with it a record outlives everything that can be asked about
 * its execution, and TTL never deletes the tokens of a wait that goes on.
 *
 * @param waitSeconds how long the wait that starts now can last; 0 for an execution that has ended
 */
export const expiresAt = (clock: Clock, waitSeconds: number, graceSeconds: number): number =>
  epochSeconds(clock) + waitSeconds + EXECUTION_RETENTION_SECONDS + graceSeconds;
