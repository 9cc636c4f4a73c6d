/**
 * The index of the tasks that wait for their callback. Only a record that is `PENDING` has its keys, so the index is
 * as small as the number of tasks that wait, and the oldest of a shard is its first entry. No token is in it.
 */
export const WAITING_INDEX = {
  name: 'waiting',
  partitionKey: 'waitingShard',
  sortKey: 'waitingSince',
  /** What can be read from the index beside the keys. */
  attributes: ['expiresAt'],
  /**
   * Each key of an index takes a thousand writes a second, and a task writes to it about three times. Eight shards
   * take more tasks than Step Functions starts.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-sharding.html
   */
  shards: ['0', '1', '2', '3', '4', '5', '6', '7'],
} as const;

/** The table of tasks. A task is one execution of the callback workflow, and its id is the execution's name. */
export const TASKS_TABLE = {
  partitionKey: 'taskId',
  /** Epoch seconds after which DynamoDB may delete the item. */
  ttlAttribute: 'expiresAt',
  indexes: [WAITING_INDEX],
} as const;

/** The table of idempotency records: what each name was first used for. */
export const IDEMPOTENCY_TABLE = {
  partitionKey: 'name',
  ttlAttribute: 'expiresAt',
} as const;
