import {
  type Authorizer,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type TableService,
  tableArn,
} from '@workflows/local-cloud/services';
import {
  type Condition,
  ExpressionError,
  type Item,
  type Placeholders,
  parseCondition,
  parseUpdate,
  type Update,
} from './expressions';

type JsonObject = Record<string, unknown>;

/** A write that was applied. */
export interface TableWrite {
  readonly table: string;
  readonly before: Item | undefined;
  readonly after: Item;
  readonly roleArn: string | undefined;
}

interface Table {
  readonly keyName: string;
  readonly items: Map<string, Item>;
}

/**
 * DynamoDB in memory, behind the same requests and answers: only what the functions use, and all of it in one step, so
 * that thousands of schedules a minute are possible. `tables.test.ts` compares it with dynalite.
 */
export class Tables implements TableService {
  readonly #tables = new Map<string, Table>();
  readonly #conditions = new Map<string, Condition>();
  readonly #updates = new Map<string, Update>();

  readonly #region: string;
  readonly #authorizer: Authorizer;
  readonly #onWrite: (write: TableWrite) => void;

  constructor(region: string, authorizer: Authorizer, onWrite: (write: TableWrite) => void) {
    this.#region = region;
    this.#authorizer = authorizer;
    this.#onWrite = onWrite;
  }

  all(): Item[] {
    return [...this.#tables.values()].flatMap(({ items }) => [...items.values()]);
  }

  clear(): void {
    for (const { items } of this.#tables.values()) {
      items.clear();
    }
  }

  serves(request: AwsRequest): boolean {
    return request.headers['x-amz-target']?.startsWith('DynamoDB_20120810.') === true;
  }

  async handle({ body, headers, principal }: AwsRequest): Promise<AwsResponse> {
    const operation = (headers['x-amz-target'] ?? '').replace('DynamoDB_20120810.', '');
    const request = JSON.parse(body.toString('utf8')) as JsonObject;
    try {
      this.#authorizer.authorize(principal, `dynamodb:${operation}`, tableArn(this.#region, String(request.TableName)));
      return answer(200, this.#run(operation, request, principal?.roleArn));
    } catch (error) {
      if (error instanceof ConditionFailed) {
        return answer(400, {
          __type: `${NAMESPACE}ConditionalCheckFailedException`,
          message: error.message,
          ...error.item,
        });
      }
      if (error instanceof ExpressionError) {
        return answer(400, { __type: 'com.amazon.coral.validate#ValidationException', message: error.message });
      }
      if (error instanceof AwsError) {
        return answer(error.status, { __type: `com.amazon.coral.service#${error.code}`, Message: error.message });
      }
      throw error;
    }
  }

  async call(operation: string, request: JsonObject): Promise<Record<string, never>> {
    if (operation === 'CreateTable') {
      const [key] = request.KeySchema as { readonly AttributeName: string }[];
      this.#tables.set(String(request.TableName), { keyName: key?.AttributeName ?? '', items: new Map() });
      return {};
    }
    // Settings of a table change nothing that the functions can see.
    if (operation.startsWith('Update')) {
      return {};
    }
    throw new Error(`${operation} is not simulated; supported: CreateTable, UpdateTimeToLive, UpdateContinuousBackups`);
  }

  async whenActive(): Promise<void> {}

  async close(): Promise<void> {}

  #run(operation: string, request: JsonObject, roleArn: string | undefined): JsonObject {
    const table = this.#tables.get(String(request.TableName));
    if (table === undefined) {
      throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    }
    const key = (operation === 'PutItem' ? request.Item : request.Key) as Item;
    const id = String(key[table.keyName]?.S);
    const before = table.items.get(id);
    if (operation === 'GetItem') {
      return before === undefined ? {} : { Item: before };
    }
    if (operation !== 'PutItem' && operation !== 'UpdateItem') {
      throw new AwsError(
        'UnknownOperationException',
        `${operation} is not simulated; supported: GetItem, PutItem, UpdateItem`,
      );
    }
    const given = placeholdersOf(request);
    const { ConditionExpression: condition, UpdateExpression: update } = request;
    checkUsed(given, [condition, update]);
    if (typeof condition === 'string' && !known(this.#conditions, condition, parseCondition)(before, given)) {
      const wantsItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before !== undefined;
      throw new ConditionFailed(wantsItem ? { Item: before } : {});
    }
    const after =
      operation === 'PutItem'
        ? key
        : typeof update === 'string'
          ? known(this.#updates, update, parseUpdate)(before ?? key, given)
          : key;
    const stored = withoutRemoved(after);
    table.items.set(id, stored);
    this.#onWrite({ table: String(request.TableName), before, after: stored, roleArn });
    return request.ReturnValues === 'ALL_NEW' ? { Attributes: stored } : {};
  }
}

const NAMESPACE = 'com.amazonaws.dynamodb.v20120810#';

class ConditionFailed extends Error {
  constructor(readonly item: JsonObject) {
    super('The conditional request failed');
  }
}

function placeholdersOf(request: JsonObject): Placeholders {
  return {
    names: (request.ExpressionAttributeNames ?? {}) as Placeholders['names'],
    values: (request.ExpressionAttributeValues ?? {}) as Placeholders['values'],
  };
}

/** DynamoDB refuses a placeholder that no expression uses. */
function checkUsed({ names, values }: Placeholders, expressions: readonly unknown[]): void {
  const used = new Set(expressions.flatMap((text) => (typeof text === 'string' ? (text.match(/[#:]\w+/g) ?? []) : [])));
  const unused = [...Object.keys(names), ...Object.keys(values)].filter((name) => !used.has(name));
  if (unused.length > 0) {
    throw new ExpressionError(
      `Value provided in ExpressionAttribute… unused in expressions: keys: {${unused.join(', ')}}`,
    );
  }
}

function known<T>(cache: Map<string, T>, text: string, parse: (text: string) => T): T {
  const before = cache.get(text);
  if (before !== undefined) {
    return before;
  }
  const parsed = parse(text);
  cache.set(text, parsed);
  return parsed;
}

function withoutRemoved(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

function answer(status: number, body: JsonObject): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
}
