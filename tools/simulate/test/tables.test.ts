/** Compares the tables in memory with dynalite: the same requests get the same answers, for every shape in use. */
import { type AwsService, allowEverything, DynamoDbService } from '@workflows/local-cloud/services';
import { Random } from '../src/random';
import { Tables } from '../src/world/tables';

const TABLE = { TableName: 'tasks', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] };
const HEADERS = {
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=0',
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
};

async function ask(service: AwsService, operation: string, body: object) {
  const { body: text, status } = await service.handle({
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: Buffer.from(JSON.stringify(body)),
    principal: undefined,
  });
  const answer = JSON.parse(String(text));
  return { status, error: answer.__type?.replace(/^.*#/, ''), Item: answer.Item, Attributes: answer.Attributes };
}

const CONDITIONS = [
  'attribute_not_exists(#id)',
  '(attribute_not_exists(#id) OR #n <= :n)',
  '(#n > :n AND attribute_not_exists(#r) AND (#n < :m OR (#s = :s AND #n = :n)))',
  '(attribute_exists(#r) AND #s = #r)',
  '#s <> :s',
  'NOT #n >= :n',
  'attribute_exists(#n) AND #n < :m OR #s = :s',
];
const UPDATES = [
  'SET #s = :s, #n = :n',
  'SET #s = :s, #r = if_not_exists(#r, :s) REMOVE #n',
  'SET #n = if_not_exists(#n, :m), #s = :t',
  'SET #r = #s, #n = :m REMOVE #t',
  'SET #t = :t REMOVE #r, #s',
];
const NAMES: Record<string, string> = { '#id': 'id', '#n': 'n', '#r': 'r', '#s': 's', '#t': 't' };

function placeholders(random: Random, text: string) {
  const values: Record<string, object> = {
    ':n': { N: String(random.integer(0, 3)) },
    ':m': { N: String(random.integer(0, 3)) },
    ':s': { S: random.pick(['a', 'b']) },
    ':t': { S: 'c' },
  };
  const used = (all: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`${name}\\b`).test(text)));
  const [names, given] = [used(NAMES), used(values)];
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(given).length > 0 && { ExpressionAttributeValues: given }),
  };
}

function request(random: Random): readonly [string, object] {
  const id = { S: random.pick(['1', '2', '3']) };
  const condition = random.chance(0.8) ? random.pick(CONDITIONS as [string, ...string[]]) : undefined;
  const conditional = condition === undefined ? {} : { ConditionExpression: condition };
  const kind = random.integer(0, 3);
  if (kind === 0) {
    return ['GetItem', { TableName: 'tasks', Key: { id }, ConsistentRead: true }];
  }
  if (kind === 1) {
    const Item = { id, n: { N: String(random.integer(0, 3)) }, s: { S: random.pick(['a', 'b']) } };
    const wanted = random.chance(0.5) ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {};
    return [
      'PutItem',
      { TableName: 'tasks', Item, ...conditional, ...wanted, ...placeholders(random, condition ?? '') },
    ];
  }
  const update = random.pick(UPDATES as [string, ...string[]]);
  const ReturnValues = random.pick(['ALL_NEW', 'NONE']);
  return [
    'UpdateItem',
    {
      TableName: 'tasks',
      Key: { id },
      UpdateExpression: update,
      ReturnValues,
      ...conditional,
      ...placeholders(random, `${update} ${condition ?? ''}`),
    },
  ];
}

describe('tables in memory', () => {
  let dynalite: DynamoDbService;
  let tables: Tables;

  beforeEach(async () => {
    dynalite = new DynamoDbService('us-east-1', allowEverything);
    tables = new Tables('us-east-1', allowEverything, () => undefined);
    await dynalite.call('CreateTable', {
      ...TABLE,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await dynalite.whenActive('tasks');
    await tables.call('CreateTable', TABLE);
  });
  afterEach(() => dynalite.close());

  it('answer 600 random requests as dynalite does', async () => {
    const random = new Random(11, 'tables');
    const seen = new Set<string>();
    for (let step = 0; step < 600; step++) {
      const [operation, body] = request(random);
      const expected = await ask(dynalite, operation, body);
      expect({ operation, body, ...(await ask(tables, operation, body)) }).toEqual({ operation, body, ...expected });
      seen.add(`${operation} ${expected.error ?? expected.status}`);
    }
    expect([...seen].sort()).toEqual([
      'GetItem 200',
      'PutItem 200',
      'PutItem ConditionalCheckFailedException',
      'UpdateItem 200',
      'UpdateItem ConditionalCheckFailedException',
      // An attribute that is not there has no value to be set.
      'UpdateItem ValidationException',
    ]);
  }, 60_000);

  it.each([
    [
      'redundant parentheses',
      { ConditionExpression: '((attribute_exists(#s)))', ExpressionAttributeNames: { '#s': 's' } },
    ],
    [
      'a value that nothing uses',
      {
        ConditionExpression: 'attribute_exists(#s)',
        ExpressionAttributeNames: { '#s': 's' },
        ExpressionAttributeValues: { ':unused': { S: 'x' } },
      },
    ],
  ])('refuse %s', async (_what, parts) => {
    const body = { TableName: 'tasks', Item: { id: { S: '1' } }, ...parts };

    expect(await ask(tables, 'PutItem', body)).toMatchObject({ status: 400, error: 'ValidationException' });
    expect(await ask(dynalite, 'PutItem', body)).toMatchObject({ status: 400, error: 'ValidationException' });
  });
});
