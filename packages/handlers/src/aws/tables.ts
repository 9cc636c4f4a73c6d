import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Clock, epochSeconds } from '../clock';

/** A table, and the time by which its records expire. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/** Reads a record, consistently. One that has expired but was not deleted yet is no record. */
export async function getRecord<R extends { readonly expiresAt: number }>(
  { client, tableName, clock }: Table,
  key: Readonly<Record<string, string>>,
): Promise<R | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: tableName, Key: marshall(key), ConsistentRead: true }),
  );
  const record = Item === undefined ? undefined : (unmarshall(Item) as R);
  return record !== undefined && record.expiresAt > epochSeconds(clock) ? record : undefined;
}

/** @returns the result of a conditional write, or `undefined` when its condition did not hold */
export async function whenConditionHolds<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return undefined;
    }
    throw error;
  }
}
