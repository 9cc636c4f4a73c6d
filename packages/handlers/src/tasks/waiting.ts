import { createHash } from 'node:crypto';
import { type DynamoDBClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expressionParts } from '../aws/expressions';
import { type Clock, epochSeconds } from '../clock';
import { LIVE } from './conditions';

/*
 * The index `waiting` of the Tasks table: partition key `waitingShard`, sort key `waitingSince`, with `expiresAt`.
 * Only a record that is PENDING has the keys, so the index is as small as the number of tasks that wait, and the
 * oldest of a shard is its first entry. No token is in it.
 */
const WAITING_INDEX = 'waiting';

/**
 * Each key of an index takes a thousand writes a second, and a task writes to it about three times. Eight shards take
 * more tasks than Step Functions starts.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-sharding.html
 */
const SHARDS = ['0', '1', '2', '3', '4', '5', '6', '7'];

/** Expired records that TTL has not deleted yet are few: one page of this size nearly always has one that lives. */
const PAGE_SIZE = 10;

/** The part of the index that a task's record is in. */
export const waitingShard = (taskId: string): string =>
  String(createHash('sha256').update(taskId).digest().readUInt8(0) % SHARDS.length);

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
  const oldest = await Promise.all(SHARDS.map((shard) => oldestOfShard(options, shard)));
  return oldest.filter((it) => it !== undefined).sort()[0];
}

async function oldestOfShard(
  { client, clock, tableName }: WaitingTasksOptions,
  shard: string,
): Promise<string | undefined> {
  const key = '#waitingShard = :waitingShard';
  const query: QueryCommandInput = {
    TableName: tableName,
    IndexName: WAITING_INDEX,
    KeyConditionExpression: key,
    FilterExpression: LIVE,
    Limit: PAGE_SIZE,
    ...expressionParts([key, LIVE], { waitingShard: shard, nowSeconds: epochSeconds(clock) }),
  };
  for await (const { Items: [first] = [] } of paginateQuery({ client }, query)) {
    if (first !== undefined) {
      return String(unmarshall(first).waitingSince);
    }
  }
  return undefined;
}
