import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Dynamo } from '../dynamo';
import { Numbering } from './numbering';
import type { Answer, Call } from './stepwise';

export type Item = Record<string, AttributeValue>;

/** Changes a condition before the table sees it: a bug, put in on purpose. */
export type Sabotage = (condition: string) => string;

export interface TableStep {
  readonly item: Item | undefined;
  readonly answer: Answer;
}

/**
 * A table with one item, which says what a request makes of that item. What it once answered it answers again: the
 * real table is asked once for each pair of an item and a request.
 */
export class RememberedTable {
  readonly #known = new Map<string, TableStep>();
  readonly #items = new Numbering();
  readonly #calls = new Numbering();

  constructor(
    private readonly dynamo: Dynamo,
    private readonly tableName: string,
    private readonly key: Record<string, string>,
    private readonly sabotage: Sabotage = (condition) => condition,
  ) {}

  async after(item: Item | undefined, call: Call): Promise<TableStep> {
    const pair = `${this.#items.of(item)} ${this.#calls.of(call)}`;
    const known = this.#known.get(pair);
    if (known !== undefined) {
      return known;
    }
    await this.#reset(item);
    const answer = await this.#send(call);
    const step = { item: await this.#read(), answer };
    this.#known.set(pair, step);
    return step;
  }

  async #send({ operation, input }: Call): Promise<Answer> {
    try {
      const { $metadata: _, ...output } = await this.dynamo.client.send(
        commandOf(operation, this.#changed(input)) as GetItemCommand,
      );
      return { output };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return { error: error.name };
      }
      throw error;
    }
  }

  #changed(input: unknown): unknown {
    const { ConditionExpression: condition, ...rest } = input as { readonly ConditionExpression?: string };
    return condition === undefined ? rest : { ...rest, ConditionExpression: this.sabotage(condition) };
  }

  async #reset(item: Item | undefined): Promise<void> {
    const { client } = this.dynamo;
    await (item === undefined
      ? client.send(new DeleteItemCommand({ TableName: this.tableName, Key: marshall(this.key) }))
      : client.send(new PutItemCommand({ TableName: this.tableName, Item: item })));
  }

  async #read(): Promise<Item | undefined> {
    const request = { TableName: this.tableName, Key: marshall(this.key), ConsistentRead: true };
    return (await this.dynamo.client.send(new GetItemCommand(request))).Item;
  }
}

function commandOf(operation: string, input: unknown) {
  switch (operation) {
    case 'GetItem':
      return new GetItemCommand(input as GetItemCommandInput);
    case 'PutItem':
      return new PutItemCommand(input as PutItemCommandInput);
    case 'UpdateItem':
      return new UpdateItemCommand(input as UpdateItemCommandInput);
    default:
      throw new Error(`No function was expected to call ${operation}.`);
  }
}
