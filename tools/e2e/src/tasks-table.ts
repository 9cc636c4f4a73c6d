/** The Tasks table, read as its owner would: the only place where the suite can learn a resume token on every target. */
import { type AttributeValue, DynamoDBClient, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { waitUntil } from './wait';

/** One record. Tokens are absent before the external service is called. */
export interface TaskRecord {
  readonly taskId: string;
  readonly status: string;
  readonly attempt: number | undefined;
  readonly resumeToken: string | undefined;
  readonly taskToken: string | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number | undefined;
}

/** A record whose callback can be served. */
export type CallableRecord = TaskRecord & { readonly resumeToken: string; readonly taskToken: string };

/** Reads records of one Tasks table. */
export class TasksTable {
  readonly #client = new DynamoDBClient({});

  readonly #tableName: string;

  constructor(tableName: string) {
    this.#tableName = tableName;
  }

  async find(taskId: string): Promise<TaskRecord | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#tableName, Key: { taskId: { S: taskId } }, ConsistentRead: true }),
    );
    return Item && toRecord(Item);
  }

  /** Waits until the external step of a task is under way, so that a callback can be sent. */
  callable(taskId: string, attempt = 1): Promise<CallableRecord> {
    return waitUntil(
      () => this.find(taskId),
      (record): record is CallableRecord =>
        record?.resumeToken !== undefined && record.taskToken !== undefined && (record.attempt ?? 0) >= attempt,
      { what: `attempt ${attempt} of task ${taskId} to be recorded` },
    );
  }

  /** Every token that the table holds. */
  async tokens(): Promise<string[]> {
    const found: string[] = [];
    for await (const { Items } of paginateScan({ client: this.#client }, { TableName: this.#tableName })) {
      for (const { resumeToken, taskToken } of (Items ?? []).map(toRecord)) {
        found.push(...[resumeToken, taskToken].filter((token) => token !== undefined));
      }
    }
    return found;
  }

  close(): void {
    this.#client.destroy();
  }
}

function toRecord(item: Record<string, AttributeValue>): TaskRecord {
  return {
    taskId: item.taskId?.S ?? '',
    status: item.status?.S ?? '',
    attempt: item.attempt?.N === undefined ? undefined : Number(item.attempt.N),
    resumeToken: item.resumeToken?.S,
    taskToken: item.taskToken?.S,
    expiresAt: item.expiresAt?.N === undefined ? undefined : Number(item.expiresAt.N),
  };
}
