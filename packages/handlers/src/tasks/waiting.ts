import { createHash } from 'node:crypto';
import { type DynamoDBClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { WAITING_INDEX } from '@workflows/contract';
import { expressionParts } from '../aws/expressions';
import { type Clock, epochSeconds } from '../clock';
import { LIVE } from './conditions';

/** Expired records that TTL has not deleted yet are few: one page of this size nearly always has one that lives. */
const PAGE_SIZE = 10;

/** The part of the index that a task's record is in. */
export const waitingShard = (taskId: string): string =>
  String(createHash('sha256').update(taskId).digest().readUInt8(0) % WAITING_INDEX.shards.length);

export interface WaitingTasksOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
}

/**
 * Since when the task waits that has waited longest (ISO 8601), or `undefined` when none does. The index follows the
 * table within a second or so.
 */
export async function oldestWaitingSince(options: WaitingTasksOptions): Promise<string | undefined> {
  const oldest = await Promise.all(WAITING_INDEX.shards.map((shard) => oldestOfShard(options, shard)));
  return oldest.filter((it) => it !== undefined).sort()[0];
}

async function oldestOfShard(
  { client, clock, tableName }: WaitingTasksOptions,
  shard: string,
): Promise<string | undefined> {
  const { partitionKey, sortKey } = WAITING_INDEX;
  const key = `#${partitionKey} = :${partitionKey}`;
  const query: QueryCommandInput = {
    TableName: tableName,
    IndexName: WAITING_INDEX.name,
    KeyConditionExpression: key,
    FilterExpression: LIVE,
    Limit: PAGE_SIZE,
    ...expressionParts([key, LIVE], { [partitionKey]: shard, nowSeconds: epochSeconds(clock) }),
  };
  for await (const { Items: [first] = [] } of paginateQuery({ client }, query)) {
    if (first !== undefined) {
      return String(unmarshall(first)[sortKey]);
    }
  }
  return undefined;
}
