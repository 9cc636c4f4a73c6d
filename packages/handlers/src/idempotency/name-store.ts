import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expressionParts } from '../aws/expressions';
import { getRecord, type Table, whenConditionHolds } from '../aws/tables';
import { epochSeconds, isoTime } from '../clock';
import type { NameRecord } from './name-record';

/** An execution that a name stands for. */
export interface NamedExecution {
  readonly executionArn: string;
  readonly startDate: string;
}

/** Nobody has used the name, or so long ago that TTL may delete its record any time. */
const FREE = 'attribute_not_exists(#name) OR #expiresAt <= :nowSeconds';

/** The name is reserved for this input, and nobody was told yet that its execution is new. */
const UNANNOUNCED = '#inputHash = :inputHash AND attribute_not_exists(#executionArn)';

/** The Idempotency table. Each write is conditional: the table decides who was first. */
export class NameStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Reads the record, consistently; an expired one is none. */
  get(name: string): Promise<NameRecord | undefined> {
    return getRecord(this.#table, { name });
  }

  /**
   * Reserves the name for an input, so that no other input can start under it.
   *
   * @returns whether this call did; it is harmless not to know, since nothing but the input is decided here
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
   * Writes down the execution of a name, once. Of all who started it, exactly one call succeeds: its request is the
   * one that is told that the execution is new.
   */
  announce(name: string, inputHash: string, execution: NamedExecution, caller: string): Promise<boolean> {
    return this.#updateUnannounced(
      name,
      'SET #executionArn = :executionArn, #startDate = :startDate, #announcedTo = :caller',
      { inputHash, caller, ...execution },
    );
  }

  /** Corrects a reservation: the name belongs to an execution with other input, started past this API. */
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
