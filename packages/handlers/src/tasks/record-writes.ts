import { WAITING_INDEX } from '@workflows/contract';
import {
  ABSENT,
  all,
  any,
  EXPIRED,
  LIVE,
  NO_OUTCOME,
  NOT_SUPERSEDED,
  OTHER_STATUS,
  OUTCOME,
  PENDING,
  REDRIVEN,
  SAME_ERROR,
  SAME_RUN,
  STANDS,
  TASK_TOKEN_UNCHANGED,
  TOKEN_MATCHES,
  UNDELIVERED,
} from './conditions';

/** One conditional update of a task's record, as DynamoDB expressions. */
export interface RecordWrite {
  readonly update: string;
  readonly condition: string;
}

/*
 * Who writes when, and which write is refused:
 *
 *   start-task      call-external 1     call-external 2       PUT /tasks/{id}      settle-task / close-task
 *      │ create           │                   │                     │                        │
 *      ├──────▶ PENDING, attempt 0            │                     │                        │
 *      │                  │ beginAttempt      │                     │                        │
 *      │                  ├──▶ attempt 1, task token 1, resume token│                        │
 *      │                  │                   │ beginAttempt        │                        │
 *      │                  │                   ├──▶ attempt 2, task token 2, same resume token
 *      │                  ✗ late: superseded  │                     │ recordOutcome          │
 *      │                                      │                     ├──▶ recorded = status   │
 *      │                                      │                     │    ALL_NEW: token 2    │
 *      ✗ createIfAbsent                       ✗ late: recorded      ✗ second: recorded       ✗ recorded wins
 */

/**
 * While a record is PENDING, it has the keys of the index of waiting tasks, see `waiting.ts`. Each write that makes it
 * PENDING or ends that sets or removes them.
 */
const { partitionKey: SHARD, sortKey: SINCE } = WAITING_INDEX;
const WAITS = `#${SHARD} = :${SHARD}, #${SINCE} = if_not_exists(#${SINCE}, :now)`;
const WAITS_NO_MORE = `#${SHARD}, #${SINCE}`;

/** What each attempt writes of itself. */
const ATTEMPT =
  '#executionArn = :executionArn, #taskToken = :taskToken, #attempt = :attempt, #redriveCount = :redriveCount, ' +
  '#updatedAt = :now, #expiresAt = :expiresAt';

export const beginAttempt: RecordWrite = {
  update:
    `SET ${ATTEMPT}, ${WAITS}, #status = :pending, #createdAt = if_not_exists(#createdAt, :now), ` +
    '#resumeToken = if_not_exists(#resumeToken, :resumeToken) REMOVE #error, #cause',
  condition: any(ABSENT, all(LIVE, NO_OUTCOME, any(REDRIVEN, all(PENDING, NOT_SUPERSEDED)))),
};

/** The name of an execution is free again once AWS has forgotten it: a record left from then gives no secret on. */
export const replaceExpired: RecordWrite = {
  update:
    `SET ${ATTEMPT}, #${SHARD} = :${SHARD}, #${SINCE} = :now, ` +
    '#status = :pending, #createdAt = :now, #resumeToken = :resumeToken ' +
    'REMOVE #error, #cause, #output, #recorded, #deliveredAt',
  condition: EXPIRED,
};

/** What was delivered once stays so, also when it was a failure that is retried: it has reached the execution. */
export const adoptToken: RecordWrite = {
  update: `SET ${ATTEMPT}, #status = #recorded`,
  condition: all(OUTCOME, LIVE, any(REDRIVEN, all(STANDS, NOT_SUPERSEDED))),
};

const ACCEPTABLE = all(PENDING, NO_OUTCOME, LIVE, TOKEN_MATCHES);

export const recordSuccess: RecordWrite = {
  update: `SET #status = :outcome, #recorded = :outcome, #output = :output, #updatedAt = :now REMOVE ${WAITS_NO_MORE}`,
  condition: ACCEPTABLE,
};

export const recordFailure: RecordWrite = {
  update:
    'SET #status = :outcome, #recorded = :outcome, #error = :error, #cause = :cause, #updatedAt = :now ' +
    `REMOVE ${WAITS_NO_MORE}`,
  condition: ACCEPTABLE,
};

/** Changes nothing that a GET shows. Refused when another attempt has brought a token that has yet to be used. */
export const markDelivered: RecordWrite = {
  update: 'SET #deliveredAt = if_not_exists(#deliveredAt, :now)',
  condition: all(OUTCOME, STANDS, TASK_TOKEN_UNCHANGED),
};

/**
 * A run takes up the outcome of an earlier one. Where it only settles, the execution may still be stopped before it gets
 * it, and the record must then say so: nothing is marked as delivered.
 */
export const takeUpOutcome: RecordWrite = {
  update: 'SET #status = #recorded, #redriveCount = :redriveCount',
  condition: all(OUTCOME, REDRIVEN),
};

/**
 * A record that is only now created by its closing has no attempt; one that exists keeps what it knows.
 *
 * Every closing belongs to one run of the execution, and moves the record on to it, also where the run before had closed
 * it alike: what this run or an earlier one left under way is refused from then on.
 */
const CLOSE =
  'SET #status = :status, #executionArn = :executionArn, #updatedAt = :now, ' +
  '#createdAt = if_not_exists(#createdAt, :now), #attempt = if_not_exists(#attempt, :zero), ' +
  '#redriveCount = :redriveCount, #expiresAt = if_not_exists(#expiresAt, :expiresAt), ' +
  `#error = :error, #cause = :cause REMOVE ${WAITS_NO_MORE}`;

const closeIf = (inSameRun: string): RecordWrite => ({
  update: CLOSE,
  condition: any(ABSENT, all(NO_OUTCOME, any(REDRIVEN, all(SAME_RUN, inSameRun)))),
});

export const settle = closeIf(any(PENDING, SAME_ERROR));

/** An execution that failed: as it settled, where it did. */
export const closePending = closeIf(PENDING);

/** An execution that was stopped or ran out of its own time, even while it settled, has not ended as it settled. */
export const closeCutOff = closeIf(OTHER_STATUS);

/** What was recorded as a failure keeps its own error and cause; only the status says that it was overtaken. */
export const closeOverOutcome: RecordWrite = {
  update: 'SET #status = :status, #redriveCount = :redriveCount, #updatedAt = :now',
  condition: all(OUTCOME, UNDELIVERED, any(REDRIVEN, all(STANDS, SAME_RUN))),
};

/** An execution that failed in spite of a recorded success. */
export const closeOverSuccess: RecordWrite = {
  update: `${closeOverOutcome.update}, #error = :error, #cause = :cause`,
  condition: all(closeOverOutcome.condition, '#recorded = :succeeded'),
};
