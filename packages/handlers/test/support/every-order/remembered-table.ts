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
import type { Dynamo } from '../dynamo';
import { Numbering } from './numbering';
import type { Answer, Call } from './stepwise';

export type Item = Record<string, AttributeValue>;

/** The items of a table by their keys. */
export type Items = Readonly<Record<string, Item>>;

export const numbersOfItems = (items: Items, numbers: Numbering): string =>
  Object.keys(items)
    .sort()
    .map((key) => `${key}=${numbers.of(items[key])}`)
    .join('+');

export interface TableStep {
  readonly items: Items;
  readonly answer: Answer;
}

/** Changes a condition before the table sees it: a bug, put in on purpose. */
export type Sabotage = (condition: string) => string;

interface ItemStep {
  readonly item: Item | undefined;
  readonly answer: Answer;
}

type Request = { readonly Key?: Item; readonly Item?: Item; readonly ConditionExpression?: string };

/**
 * A table that says what a request makes of an item. What it once answered it answers again: the real table is asked
 * once for each pair of an item and a request.
 */
export class RememberedTable {
  readonly #known = new Map<string, ItemStep>();
  readonly #items = new Numbering();
  readonly #calls = new Numbering();

  readonly #dynamo: Dynamo;
  readonly #tableName: string;
  readonly #keyName: string;
  readonly #sabotage: Sabotage;

  constructor(dynamo: Dynamo, tableName: string, keyName: string, sabotage: Sabotage = (condition) => condition) {
    this.#dynamo = dynamo;
    this.#tableName = tableName;
    this.#keyName = keyName;
    this.#sabotage = sabotage;
  }

  async after(items: Items, call: Call): Promise<TableStep> {
    const request = call.input as Request;
    const key = String((request.Key ?? request.Item)?.[this.#keyName]?.S);
    const { answer, item } = await this.#afterOne(items[key], key, call);
    return { answer, items: item === undefined || item === items[key] ? items : { ...items, [key]: item } };
  }

  async #afterOne(before: Item | undefined, key: string, call: Call): Promise<ItemStep> {
    const pair = `${this.#items.of(before)} ${this.#calls.of(call)}`;
    const known = this.#known.get(pair);
    if (known !== undefined) {
      return known;
    }
    const Key = { [this.#keyName]: { S: key } };
    await this.#reset(Key, before);
    const answer = await this.#send(call);
    const step = { item: await this.#read(Key), answer };
    this.#known.set(pair, step);
    return step;
  }

  async #send({ operation, input }: Call): Promise<Answer> {
    try {
      const command = commandOf(operation, this.#sabotaged(input as Request)) as GetItemCommand;
      const { $metadata: _, ...output } = await this.#dynamo.client.send(command);
      return { output };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return { error: error.name };
      }
      throw error;
    }
  }

  #sabotaged({ ConditionExpression: condition, ...rest }: Request): Request {
    return condition === undefined ? rest : { ...rest, ConditionExpression: this.#sabotage(condition) };
  }

  async #reset(Key: Item, item: Item | undefined): Promise<void> {
    const { client } = this.#dynamo;
    await (item === undefined
      ? client.send(new DeleteItemCommand({ TableName: this.#tableName, Key }))
      : client.send(new PutItemCommand({ TableName: this.#tableName, Item: item })));
  }

  async #read(Key: Item): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: this.#tableName, Key, ConsistentRead: true });
    return (await this.#dynamo.client.send(command)).Item;
  }
}

function commandOf(operation: string, input: Request) {
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
