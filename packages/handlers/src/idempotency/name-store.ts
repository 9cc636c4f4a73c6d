import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expressionParts } from '../aws/expressions';
import { getRecord, type Table, whenConditionHolds } from '../aws/tables';
import { epochSeconds, isoTime } from '../clock';
import type { NameRecord } from './name-record';

/** The execution of a name. */
export interface NamedExecution {
  readonly executionArn: string;
  readonly startDate: string;
}

/** The name is unused, or its record has expired and TTL may delete it at any time. */
const FREE = 'attribute_not_exists(#name) OR #expiresAt <= :nowSeconds';

/** The name is reserved for this input, and no request was answered 201 yet. */
const UNANNOUNCED = '#inputHash = :inputHash AND attribute_not_exists(#executionArn)';

/** The idempotency table. Every write is conditional, so the table decides which request was first. */
export class NameStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Reads the record with a consistent read. An expired record is treated as missing. */
  get(name: string): Promise<NameRecord | undefined> {
    return getRecord(this.#table, { name });
  }

  /**
   * Reserves the name for an input, so that no other input can start under it.
   *
   * @returns whether this call reserved the name. The result is not critical, because it decides only the input
   */
  reserve(name: string, inputHash: string, retentionSeconds: number): Promise<boolean> {
    const { client, tableName, clock } = this.#table;
    const nowSeconds = epochSeconds(clock);
    const record: NameRecord = { name, inputHash, createdAt: isoTime(clock), expiresAt: nowSeconds + retentionSeconds };
    return conditionHeld(
      client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall(record),
          ConditionExpression: FREE,
          ...expressionParts([FREE], { nowSeconds }),
        }),
      ),
    );
  }

  /**
   * Records the execution of a name, once. Of all requests that started it, exactly one succeeds: that request is
   * answered 201.
   */
  announce(name: string, inputHash: string, execution: NamedExecution, caller: string): Promise<boolean> {
    return this.#updateUnannounced(
      name,
      'SET #executionArn = :executionArn, #startDate = :startDate, #announcedTo = :caller',
      { inputHash, caller, ...execution },
    );
  }

  /** Corrects a reservation: the name belongs to an execution with different input that was started without this API. */
  correct(name: string, inputHash: string, actualHash: string, execution: NamedExecution): Promise<boolean> {
    return this.#updateUnannounced(
      name,
      'SET #inputHash = :actualHash, #executionArn = :executionArn, #startDate = :startDate',
      { inputHash, actualHash, ...execution },
    );
  }

  #updateUnannounced(name: string, update: string, values: Readonly<Record<string, string>>): Promise<boolean> {
    const { client, tableName } = this.#table;
    return conditionHeld(
      client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall({ name }),
          UpdateExpression: update,
          ConditionExpression: UNANNOUNCED,
          ...expressionParts([update, UNANNOUNCED], values),
        }),
      ),
    );
  }
}

const conditionHeld = async (write: Promise<unknown>): Promise<boolean> =>
  (await whenConditionHolds(write)) !== undefined;
