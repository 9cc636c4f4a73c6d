import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { strToU8, zipSync } from 'fflate';
import { type BareEndpoint, startBareEndpoint } from '../../src/serve/start-bare-endpoint';
import { waitUntil } from '../step-functions/fixture';
import { invocationOf } from '../terraform/support/synthesized';

const ROLE_ARN = 'arn:aws:iam::000000000000:role/anything';
const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };

/** The packages that a developer would use, pointed at the endpoint, and nothing loaded beforehand. */
describe('a bare endpoint', () => {
  let endpoint: BareEndpoint;
  let sfn: SFNClient;
  let lambda: LambdaClient;
  let dynamoDb: DynamoDBClient;

  const begin = async (options: { virtualTime?: boolean; idleMs?: number } = {}): Promise<void> => {
    endpoint = await startBareEndpoint({ port: 0, ...options });
    const configuration = { endpoint: endpoint.url, region: 'us-east-1', credentials };
    sfn = new SFNClient(configuration);
    lambda = new LambdaClient(configuration);
    dynamoDb = new DynamoDBClient(configuration);
  };
  afterEach(async () => {
    for (const client of [sfn, lambda, dynamoDb]) {
      client.destroy();
    }
    await endpoint.close();
  });

  const createFunction = async (name: string, source: string): Promise<void> => {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: ROLE_ARN,
        Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) },
      }),
    );
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 10 }, { FunctionName: name });
  };
  const execute = async (definition: object, input: object = {}) => {
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({ name: 'machine', roleArn: ROLE_ARN, definition: JSON.stringify(definition) }),
    );
    return sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  };
  const result = async (executionArn: string | undefined) =>
    waitUntil(async () => {
      const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      return described.status === 'RUNNING' ? undefined : described;
    });

  it('runs a state machine of functions and tables that were created through their APIs', async () => {
    await begin();
    await createFunction('double', 'exports.handler = async ({ n }) => n * 2;');
    await dynamoDb.send(
      new CreateTableCommand({
        TableName: 'results',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );

    const { executionArn } = await execute(
      {
        QueryLanguage: 'JSONata',
        StartAt: 'Double',
        States: {
          Double: { ...invocationOf('double'), Next: 'Store' },
          Store: {
            Type: 'Task',
            Resource: 'arn:aws:states:::dynamodb:putItem',
            Arguments: { TableName: 'results', Item: { id: { S: 'one' }, n: { N: '{% $string($states.input) %}' } } },
            End: true,
          },
        },
      },
      { n: 21 },
    );

    expect(await result(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    const { Item } = await dynamoDb.send(new GetItemCommand({ TableName: 'results', Key: { id: { S: 'one' } } }));
    expect(Item).toEqual({ id: { S: 'one' }, n: { N: '42' } });
  }, 20_000);

  it('resumes an execution by the token that its function was given', async () => {
    await begin();
    await createFunction('ask', 'exports.handler = async (event) => { console.log("asked"); return event; };');

    const { executionArn } = await execute({
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } },
          End: true,
        },
      },
    });
    const taskToken = await waitUntil(async () => {
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
      const submitted = events.find((event) => event.taskSubmittedEventDetails !== undefined);
      return submitted === undefined
        ? undefined
        : (JSON.parse(submitted.taskSubmittedEventDetails?.output ?? '').Payload.token as string);
    });
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"answer"' }));

    expect(await result(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"answer"' });
  }, 20_000);

  it('lets nearly a year pass at once in virtual time, but not while a function runs', async () => {
    await begin({ virtualTime: true });
    await createFunction(
      'slow',
      'exports.handler = () => new Promise((done) => setTimeout(() => done("in time"), 300));',
    );

    const { executionArn } = await execute({
      StartAt: 'Wait',
      States: {
        Wait: { Type: 'Wait', Seconds: 31_535_000, Next: 'Slow' },
        Slow: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: 'slow' },
          OutputPath: '$.Payload',
          TimeoutSeconds: 5,
          End: true,
        },
      },
    });

    const { output, startDate, stopDate } = await result(executionArn);
    expect(output).toBe('"in time"');
    expect((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)).toBe(31_535_000_000);
  }, 20_000);

  it('names a function that does not exist', async () => {
    await begin();

    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
