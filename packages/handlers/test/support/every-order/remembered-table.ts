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
import { Known } from './known';
import { Numbering } from './numbering';
import { remembered } from './remembered';
import type { Answer, Call } from './stepwise';

export type Item = Record<string, AttributeValue>;

/** The items of a table by their keys. */
export type Items = Readonly<Record<string, Item>>;

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
  readonly #known = new Known<ItemStep>();
  readonly #contents = new Numbering<Items>();
  readonly #items = new Numbering<Item>();
  readonly #calls = new Numbering<Call>();
  /** What the real table holds now, by key: it is written only where the search goes on from something else. */
  readonly #held = new Map<string, Item | undefined>();

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

  /** The same object for the same items and call. */
  readonly after = remembered((items: Items, call: Call): TableStep => {
    const request = call.input as Request;
    const key = String((request.Key ?? request.Item)?.[this.#keyName]?.S);
    const { answer, item } = this.#afterOne(items[key], key, call);
    if (item === undefined || item === items[key]) {
      return { answer, items };
    }
    const inOrder = Object.entries({ ...items, [key]: item }).sort(([a], [b]) => (a < b ? -1 : 1));
    return { answer, items: this.#contents.same(Object.fromEntries(inOrder)) };
  });

  #afterOne(before: Item | undefined, key: string, call: Call): ItemStep {
    return this.#known.get(`${this.#items.of(before)} ${this.#calls.of(call)}`, async () => {
      const Key = { [this.#keyName]: { S: key } };
      if (!this.#held.has(key) || this.#items.of(this.#held.get(key)) !== this.#items.of(before)) {
        await this.#reset(Key, before);
      }
      const answer = await this.#send(call);
      const unchanged = 'error' in answer || call.operation === 'GetItem';
      const item = unchanged ? before : await this.#read(Key);
      this.#held.set(key, item);
      return { item, answer };
    });
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
