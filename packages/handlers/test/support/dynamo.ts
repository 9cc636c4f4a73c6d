import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import dynalite from 'dynalite';
import { FaultyHandler } from './faulty-handler';

/** DynamoDB in this process, spoken to by the real SDK, with its own retries but without their pauses. */
export class Dynamo {
  readonly #server: Server;

  private constructor(
    server: Server,
    readonly client: DynamoDBClient,
    readonly faults: FaultyHandler,
  ) {
    this.#server = server;
  }

  static async start(): Promise<Dynamo> {
    const server: Server = dynalite({ createTableMs: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const faults = new FaultyHandler();
    const client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: faults,
      retryStrategy: new ConfiguredRetryStrategy(3, () => 0),
    });
    return new Dynamo(server, client, faults);
  }

  /** The Tasks table with its index, as a deployment has it. */
  createTasksTable(tableName: string): Promise<void> {
    return this.createTable(tableName, 'taskId', {
      AttributeDefinitions: ['taskId', 'waitingShard', 'waitingSince'].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'waiting',
          KeySchema: [
            { AttributeName: 'waitingShard', KeyType: 'HASH' },
            { AttributeName: 'waitingSince', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['expiresAt'] },
        },
      ],
    });
  }

  async createTable(tableName: string, key: string, more: Partial<CreateTableCommandInput> = {}): Promise<void> {
    await this.client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
        ...more,
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** The item as it is in the table. */
  async item(tableName: string, key: Record<string, string>): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(key), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : unmarshall(Item);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
