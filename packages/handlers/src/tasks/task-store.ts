import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expressionParts } from '../aws/expressions';
import { getRecord, type Table, whenConditionHolds } from '../aws/tables';
import { epochSeconds, isoTime } from '../clock';
import { ABSENT, any, EXPIRED } from './conditions';
import * as writes from './record-writes';
import type { ClosedStatus, Outcome, TaskRecord } from './task-record';
import { waitingShard } from './waiting';

/** One try of the external step. */
export interface Attempt {
  readonly taskId: string;
  readonly executionArn: string;
  readonly taskToken: string;
  readonly attempt: number;
  readonly redriveCount: number;
  /** Used when the record has no resume token yet. */
  readonly resumeToken: string;
  readonly expiresAt: number;
}

/** How an execution ended, where that decides how its task ended. */
export interface Closing {
  readonly taskId: string;
  readonly executionArn: string;
  readonly status: ClosedStatus;
  readonly error: string;
  readonly cause: string;
  readonly expiresAt: number;
  readonly redriveCount: number;
}

/** What a new record says before the external step has run. */
export type NewRecord = Pick<TaskRecord, 'taskId' | 'executionArn' | 'status' | 'expiresAt'> &
  Partial<Pick<TaskRecord, 'error' | 'cause'>>;

/**
 * The Tasks table. Each method is one conditional write (or one consistent read) and says by `undefined` that its
 * condition did not hold; what follows from that is for the caller to decide, after reading again.
 *
 * A write whose answer is lost is repeated by the SDK and then meets its own effect. So each is written to be
 * either repeatable or recognisable when it is read back.
 */
export class TaskStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Reads the record, consistently. One that has expired but was not deleted yet is no record. */
  get(taskId: string): Promise<TaskRecord | undefined> {
    return getRecord(this.#table, { taskId });
  }

  /** Writes the first record of a task, unless there is one: `call-external` may have been faster. */
  async createIfAbsent(record: NewRecord): Promise<boolean> {
    const { client, tableName, clock } = this.#table;
    const now = isoTime(clock);
    const condition = any(ABSENT, EXPIRED);
    const waiting = record.status === 'PENDING' ? { waitingShard: waitingShard(record.taskId), waitingSince: now } : {};
    const item = { ...record, ...waiting, attempt: 0, redriveCount: 0, createdAt: now, updatedAt: now };
    const written = await whenConditionHolds(
      client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall(item, { removeUndefinedValues: true }),
          ConditionExpression: condition,
          ...expressionParts([condition], { nowSeconds: epochSeconds(clock) }),
        }),
      ),
    );
    return written !== undefined;
  }

  /**
   * Stores the task token of an attempt before the external service hears of it, and keeps the resume token that the
   * service may already hold (invariants 4 and 5). Opens a record that an earlier run of the execution left closed.
   *
   * @returns the record as it is now, or `undefined` when an outcome is recorded, the record is closed, or a later
   * attempt has written already
   */
  async beginAttempt(attempt: Attempt): Promise<TaskRecord | undefined> {
    const begun = await this.#update(attempt.taskId, writes.beginAttempt, { ...attempt, pending: 'PENDING' });
    return begun ?? this.#update(attempt.taskId, writes.replaceExpired, { ...attempt, pending: 'PENDING' });
  }

  /**
   * Stores the task token of a new attempt beside a recorded outcome, to deliver the outcome with it.
   *
   * @returns `undefined` when no outcome is recorded, or a later attempt has written already
   */
  adoptToken(attempt: Attempt): Promise<TaskRecord | undefined> {
    return this.#update(attempt.taskId, writes.adoptToken, { ...attempt });
  }

  /**
   * Records the outcome that the external service sent, once.
   *
   * @returns the record with the task token of the latest attempt, or `undefined` when the task is not pending
   */
  recordOutcome(taskId: string, resumeToken: string, outcome: Outcome): Promise<TaskRecord | undefined> {
    const write = outcome.status === 'SUCCEEDED' ? writes.recordSuccess : writes.recordFailure;
    return this.#update(taskId, write, { ...outcome, outcome: outcome.status, resumeToken, pending: 'PENDING' });
  }

  /** Records that the outcome was delivered to the execution with this task token. */
  async markDelivered(taskId: string, taskToken: string): Promise<void> {
    await this.#update(taskId, writes.markDelivered, { taskToken });
  }

  /** Lets the record stand again by an outcome that an earlier run of the execution was closed over. */
  takeUpOutcome({ taskId, redriveCount }: Pick<Closing, 'taskId' | 'redriveCount'>): Promise<TaskRecord | undefined> {
    return this.#update(taskId, writes.takeUpOutcome, { redriveCount });
  }

  /**
   * Closes the record in the name of its own execution, unless an outcome is recorded or the execution has ended
   * meanwhile. Creates it if need be.
   */
  settle(closing: Closing): Promise<TaskRecord | undefined> {
    return this.#update(closing.taskId, writes.settle, { ...closing, pending: 'PENDING' });
  }

  /** Closes the record of an execution that failed without settling it. Creates it if need be. */
  closePending(closing: Closing): Promise<TaskRecord | undefined> {
    return this.#update(closing.taskId, writes.closePending, { ...closing, pending: 'PENDING' });
  }

  /** Closes the record of an execution that was ended from without, settled or not. Creates it if need be. */
  closeCutOff(closing: Closing): Promise<TaskRecord | undefined> {
    return this.#update(closing.taskId, writes.closeCutOff, { ...closing });
  }

  /** Closes a record over an outcome that never reached its execution. The outcome itself stays, for a redrive. */
  closeUndelivered(closing: Closing): Promise<TaskRecord | undefined> {
    const write = closing.status === 'FAILED' ? writes.closeOverSuccess : writes.closeOverOutcome;
    return this.#update(closing.taskId, write, { ...closing, succeeded: 'SUCCEEDED' });
  }

  async #update(
    taskId: string,
    { update, condition }: writes.RecordWrite,
    values: Readonly<Record<string, string | number>>,
  ): Promise<TaskRecord | undefined> {
    const { client, tableName, clock } = this.#table;
    const result = await whenConditionHolds(
      client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall({ taskId }),
          UpdateExpression: update,
          ConditionExpression: condition,
          ReturnValues: 'ALL_NEW',
          ...expressionParts([update, condition], {
            ...values,
            now: isoTime(clock),
            nowSeconds: epochSeconds(clock),
            waitingShard: waitingShard(taskId),
            zero: 0,
          }),
        }),
      ),
    );
    return result?.Attributes === undefined ? undefined : (unmarshall(result.Attributes) as TaskRecord);
  }
}
