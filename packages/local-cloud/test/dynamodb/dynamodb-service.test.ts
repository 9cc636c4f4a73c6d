import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { RealClock } from '../../src/clock';
import { DynamoDbService } from '../../src/dynamodb';
import { createEndpoint, type Endpoint } from '../../src/endpoint';
import { Iam } from '../../src/iam';

const TABLE = 'tasks';

describe('DynamoDB through the AWS SDK', () => {
  const iam = new Iam();
  let service: DynamoDbService;
  let endpoint: Endpoint;
  let client: DynamoDBClient;

  const clientWith = (accessKeyId: string) =>
    new DynamoDBClient({
      endpoint: endpoint.url,
      region: 'eu-west-1',
      credentials: { accessKeyId, secretAccessKey: 'x' },
    });

  beforeEach(async () => {
    service = new DynamoDbService('eu-west-1', iam);
    endpoint = await createEndpoint({ port: 0, services: [service], authorizer: iam, clock: new RealClock() });
    client = clientWith('developer');
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    for (let status: string | undefined; status !== 'ACTIVE'; ) {
      status = (await client.send(new DescribeTableCommand({ TableName: TABLE }))).Table?.TableStatus;
    }
  });

  afterEach(async () => {
    client.destroy();
    await endpoint.close();
    await service.close();
  });

  it("keeps items, in a table of the stack's region and account", async () => {
    await client.send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: 'a' }, n: { N: '1' } } }));
    const { Item } = await client.send(new GetItemCommand({ TableName: TABLE, Key: { id: { S: 'a' } } }));
    expect(Item).toEqual({ id: { S: 'a' }, n: { N: '1' } });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table?.TableArn).toBe('arn:aws:dynamodb:eu-west-1:000000000000:table/tasks');
  });

  it('gives back the item that failed a condition, when it is asked for', async () => {
    await client.send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: 'a' }, n: { N: '1' } } }));
    const put = new PutItemCommand({
      TableName: TABLE,
      Item: { id: { S: 'a' } },
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(client.send(put)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { id: { S: 'a' }, n: { N: '1' } },
    });
  });

  it('gives nothing back when no item was there, or when it is not asked for', async () => {
    const update = (id: string, returnValues: 'ALL_OLD' | 'NONE') =>
      client.send(
        new UpdateItemCommand({
          TableName: TABLE,
          Key: { id: { S: id } },
          UpdateExpression: 'SET n = :n',
          ConditionExpression: 'n = :old',
          ExpressionAttributeValues: { ':n': { N: '2' }, ':old': { N: '0' } },
          ReturnValuesOnConditionCheckFailure: returnValues,
        }),
      );
    await client.send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: 'a' }, n: { N: '1' } } }));
    await expect(update('missing', 'ALL_OLD')).rejects.toMatchObject({ Item: undefined });
    await expect(update('a', 'NONE')).rejects.toMatchObject({ Item: undefined });
  });

  it('lets exactly one of many simultaneous conditional writes through', async () => {
    const put = (n: number) =>
      client
        .send(
          new PutItemCommand({
            TableName: TABLE,
            Item: { id: { S: 'one' }, n: { N: String(n) } },
            ConditionExpression: 'attribute_not_exists(id)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        )
        .then(
          () => 'won',
          (error) => error.Item.n.N as string,
        );
    const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => put(n)));
    const winner = String(answers.indexOf('won'));
    expect(answers.filter((it) => it !== 'won')).toEqual(Array(24).fill(winner));
  });

  it('remembers time to live and point-in-time recovery', async () => {
    const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification }));
    expect((await client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }))).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expiresAt',
    });
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName: TABLE,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    const { ContinuousBackupsDescription } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName: TABLE }),
    );
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED');
  });

  it('names what it does not serve', async () => {
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toThrow(
      /TransactWriteItems is not supported; supported: BatchGetItem, .*UpdateTimeToLive/,
    );
  });

  it('answers a role only what its policies allow', async () => {
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    });
    const roleArn = iam.createRole('reader', trust);
    const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/tasks';
    const document = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: [table] }],
    };
    iam.putRolePolicy('reader', 'read', JSON.stringify(document));
    const reader = clientWith(iam.issueCredentials(roleArn, 'get-task').accessKeyId);
    const { Item } = await reader.send(new GetItemCommand({ TableName: TABLE, Key: { id: { S: 'a' } } }));
    expect(Item).toBeUndefined();
    await expect(reader.send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: 'a' } } }))).rejects.toMatchObject(
      {
        name: 'AccessDeniedException',
        message: `User: arn:aws:sts::000000000000:assumed-role/reader/get-task is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
      },
    );
    const query = new QueryCommand({ TableName: TABLE, IndexName: 'byState', KeyConditionExpression: 'a = b' });
    await expect(reader.send(query)).rejects.toThrow(`on resource: ${table}/index/byState because`);
    reader.destroy();
  });
});
