import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type TaskRecord, toTaskRecord } from '../records/task-record';
import type { Redactor } from '../redaction/redactor';

/** Reads of the Tasks table. */
export class TaskReader {
  readonly #dynamodb: DynamoDBClient;
  readonly #tableName: string;

  constructor(dynamodb: DynamoDBClient, tableName: string) {
    this.#dynamodb = dynamodb;
    this.#tableName = tableName;
  }

  /** A task's record without its tokens. @returns undefined when there is none */
  async record(taskId: string, redactor: Redactor): Promise<TaskRecord | undefined> {
    const item = await this.#item(taskId);
    return item === undefined ? undefined : toTaskRecord(item, redactor);
  }

  /** The resume token of a task, for programs that answer tasks on behalf of a person. Never show it. */
  async resumeToken(taskId: string): Promise<string | undefined> {
    const item = await this.#item(taskId);
    return typeof item?.resumeToken === 'string' ? item.resumeToken : undefined;
  }

  async #item(taskId: string): Promise<Record<string, unknown> | undefined> {
    const found = await this.#dynamodb.send(
      new GetItemCommand({ TableName: this.#tableName, Key: { taskId: { S: taskId } }, ConsistentRead: true }),
    );
    return found.Item === undefined ? undefined : unmarshall(found.Item);
  }
}
