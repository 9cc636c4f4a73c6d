import { setImmediate } from 'node:timers/promises';
import type { JsonValue } from '@workflows/states-language';
import { type Authorizer, AwsError, type AwsRequest, type AwsResponse, type AwsService } from '../contracts';
import { ItemLocks } from './item-locks';
import { resourcesOf } from './permissions';
import { answer, failure, type JsonObject, parseBody } from './requests';
import { simplifyCondition } from './simplify-condition';
import { TableEngine } from './table-engine';
import { TableSettings } from './table-settings';

export const TARGET = 'DynamoDB_20120810.';

/** dynalite answers only what looks signed. */
const INTERNAL_HEADERS = {
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=0',
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
};

/** What dynalite serves. The rest of DynamoDB's operations is refused by name. */
const ENGINE_OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
];
const SETTINGS_OPERATIONS = [
  'DescribeContinuousBackups',
  'DescribeTimeToLive',
  'UpdateContinuousBackups',
  'UpdateTimeToLive',
];
const CONDITIONAL_WRITES = ['DeleteItem', 'PutItem', 'UpdateItem'];

/** DynamoDB as a stack uses it while its tables are made. */
export type TableService = AwsService & Pick<DynamoDbService, 'call' | 'whenActive'>;

/** DynamoDB behind the AWS endpoint: dynalite, with the stack's IAM policies and what dynalite lacks. */
export class DynamoDbService implements AwsService {
  readonly #engine: TableEngine;
  readonly #locks = new ItemLocks();
  readonly #settings = new TableSettings();
  readonly #keyNames = new Map<string, readonly string[]>();

  readonly #region: string;
  readonly #authorizer: Authorizer;

  constructor(region: string, authorizer: Authorizer) {
    this.#region = region;
    this.#authorizer = authorizer;
    this.#engine = new TableEngine(region);
  }

  serves(request: AwsRequest): boolean {
    return request.headers['x-amz-target']?.startsWith(TARGET) === true;
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    const operation = (request.headers['x-amz-target'] ?? '').slice(TARGET.length);
    const body = parseBody(request.body);
    if (!ENGINE_OPERATIONS.includes(operation) && !SETTINGS_OPERATIONS.includes(operation)) {
      const supported = [...ENGINE_OPERATIONS, ...SETTINGS_OPERATIONS].sort().join(', ');
      return failure('UnknownOperationException', `${operation} is not supported; supported: ${supported}`);
    }
    try {
      for (const resource of resourcesOf(this.#region, operation, body)) {
        this.#authorizer.authorize(request.principal, `dynamodb:${operation}`, resource);
      }
    } catch (error) {
      if (error instanceof AwsError) {
        return failure(error.code, error.message);
      }
      throw error;
    }
    return await this.#run(operation, withSimpleConditions(request, body), body);
  }

  /**
   * Carries out one operation in process, on behalf of nobody in particular.
   * @throws {AwsError} as DynamoDB answers
   */
  async call(operation: string, body: JsonObject): Promise<JsonObject> {
    const response = await this.handle({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { ...INTERNAL_HEADERS, 'x-amz-target': TARGET + operation },
      body: Buffer.from(JSON.stringify(body)),
      principal: undefined,
    });
    const answered = parseBody(Buffer.from(response.body));
    if (response.status === 200) {
      return answered;
    }
    const code = String(answered.__type).replace(/^.*#/, '');
    throw new AwsError(code, String(answered.message ?? answered.Message ?? ''), response.status);
  }

  /** Waits until a table that was just created can be used. */
  async whenActive(table: string): Promise<void> {
    for (;;) {
      const { Table: description } = await this.call('DescribeTable', { TableName: table });
      if ((description as JsonObject).TableStatus === 'ACTIVE') {
        return;
      }
      await setImmediate();
    }
  }

  async close(): Promise<void> {
    this.#keyNames.clear();
  }

  async #run(operation: string, request: AwsRequest, body: JsonObject): Promise<AwsResponse> {
    const table = typeof body.TableName === 'string' ? body.TableName : '';
    if (SETTINGS_OPERATIONS.includes(operation)) {
      return await this.#runSettings(operation, request, table, body);
    }
    if (CONDITIONAL_WRITES.includes(operation)) {
      return await this.#write(operation, request, table, body);
    }
    if (operation === 'CreateTable' && (body.StreamSpecification as JsonObject | undefined)?.StreamEnabled === true) {
      return failure('ValidationException', 'StreamSpecification is not supported; supported: tables without a stream');
    }
    if (operation === 'CreateTable' || operation === 'DeleteTable') {
      this.#keyNames.delete(table);
      this.#settings.forget(table);
    }
    return await this.#engine.handle(request);
  }

  async #runSettings(operation: string, request: AwsRequest, table: string, body: JsonObject): Promise<AwsResponse> {
    const described = await this.#call('DescribeTable', request, { TableName: table });
    if (described.status !== 200) {
      return described;
    }
    if (operation === 'UpdateTimeToLive') {
      return this.#settings.updateTimeToLive(table, body);
    }
    if (operation === 'DescribeTimeToLive') {
      return this.#settings.describeTimeToLive(table);
    }
    if (operation === 'UpdateContinuousBackups') {
      return this.#settings.updateContinuousBackups(table, body);
    }
    return this.#settings.describeContinuousBackups(table);
  }

  /**
   * A write to one item. dynalite ignores `ReturnValuesOnConditionCheckFailure`; the item that failed the check is read
   * here, before any other write can change it.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
   */
  async #write(operation: string, request: AwsRequest, table: string, body: JsonObject): Promise<AwsResponse> {
    const wanted = body.ReturnValuesOnConditionCheckFailure;
    if (wanted !== undefined && wanted !== 'NONE' && wanted !== 'ALL_OLD') {
      return failure(
        'ValidationException',
        `1 validation error detected: Value '${String(wanted)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
      );
    }
    const key = await this.#keyOf(operation, request, table, body);
    if (key === undefined) {
      return await this.#engine.handle(request);
    }
    return await this.#locks.run(`${table}/${JSON.stringify(key)}`, async () => {
      const response = await this.#engine.handle(request);
      if (response.status !== 400 || wanted !== 'ALL_OLD') {
        return response;
      }
      const error = parseBody(Buffer.from(response.body));
      if (!String(error.__type).endsWith('#ConditionalCheckFailedException')) {
        return response;
      }
      const found = await this.#call('GetItem', request, { TableName: table, Key: key, ConsistentRead: true });
      const { Item: item } = parseBody(Buffer.from(found.body));
      return item === undefined ? response : answer(400, { ...error, Item: item });
    });
  }

  async #keyOf(
    operation: string,
    request: AwsRequest,
    table: string,
    body: JsonObject,
  ): Promise<JsonObject | undefined> {
    const source = (operation === 'PutItem' ? body.Item : body.Key) as JsonObject | null | undefined;
    if (source === null || typeof source !== 'object') {
      return undefined;
    }
    const names = await this.#keyNamesOf(request, table);
    const entries = names.map((name): [string, JsonValue | undefined] => [name, source[name]]);
    if (entries.length === 0 || entries.some(([, value]) => value === undefined)) {
      return undefined;
    }
    return Object.fromEntries(entries as [string, JsonValue][]);
  }

  async #keyNamesOf(request: AwsRequest, table: string): Promise<readonly string[]> {
    const known = this.#keyNames.get(table);
    if (known !== undefined) {
      return known;
    }
    const described = await this.#call('DescribeTable', request, { TableName: table });
    if (described.status !== 200) {
      return [];
    }
    const { Table: description } = parseBody(Buffer.from(described.body));
    const schema = (description as JsonObject).KeySchema as { AttributeName: string }[];
    const names = schema.map(({ AttributeName }) => AttributeName);
    this.#keyNames.set(table, names);
    return names;
  }

  #call(operation: string, request: AwsRequest, body: JsonObject): Promise<AwsResponse> {
    const payload = Buffer.from(JSON.stringify(body));
    const { 'content-length': _length, ...headers } = request.headers;
    return this.#engine.handle({ headers: { ...headers, 'x-amz-target': TARGET + operation }, body: payload });
  }
}

function withSimpleConditions(request: AwsRequest, body: JsonObject): AwsRequest {
  const changed: JsonObject = {};
  for (const member of ['ConditionExpression', 'FilterExpression']) {
    const expression = body[member];
    if (typeof expression !== 'string') {
      continue;
    }
    const simplified = simplifyCondition(expression);
    if (simplified !== expression) {
      changed[member] = simplified;
    }
  }
  if (Object.keys(changed).length === 0) {
    return request;
  }
  const { headers, method, path, principal, query } = request;
  return { headers, method, path, principal, query, body: Buffer.from(JSON.stringify({ ...body, ...changed })) };
}
