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
 * Each attempt, and each redrive of the execution, starts a new wait and therefore extends the lifetime. The grace
 * period covers the time between the end of a wait and the next write. With it, a record exists for as long as its
 * execution can be described, and TTL never deletes the tokens of an active wait.
 *
 * @param waitSeconds how long the wait that starts now can last; 0 for an execution that has ended
 */
export const expiresAt = (clock: Clock, waitSeconds: number, graceSeconds: number): number =>
  epochSeconds(clock) + waitSeconds + EXECUTION_RETENTION_SECONDS + graceSeconds;
