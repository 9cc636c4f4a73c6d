import { CreateTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { GetExecutionHistoryCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { waitUntil } from '../step-functions/fixture';
import { type ConnectedEndpoint, createFunction, execute, startConnectedEndpoint } from '../support/bare-endpoint';
import { ended } from '../support/ended';
import { invocationOf } from '../terraform/support/synthesized';

/** The packages that a developer would use, pointed at the endpoint, and nothing loaded beforehand. */
describe('a bare endpoint', () => {
  let endpoint: ConnectedEndpoint;

  const begin = async (options: { virtualTime?: boolean } = {}): Promise<void> => {
    endpoint = await startConnectedEndpoint(options);
  };
  afterEach(() => endpoint.close());

  const create = (name: string, source: string): Promise<void> => createFunction(endpoint.lambda, name, source);

  it('runs a state machine of functions and tables that were created through their APIs', async () => {
    await begin();
    await create('double', 'exports.handler = async ({ n }) => n * 2;');
    await endpoint.dynamoDb.send(
      new CreateTableCommand({
        TableName: 'results',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );

    const executionArn = await execute(
      endpoint.sfn,
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

    expect(await ended(endpoint.sfn, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    const { Item } = await endpoint.dynamoDb.send(
      new GetItemCommand({ TableName: 'results', Key: { id: { S: 'one' } } }),
    );
    expect(Item).toEqual({ id: { S: 'one' }, n: { N: '42' } });
  }, 20_000);

  it('resumes an execution by the token that its function was given', async () => {
    await begin();
    await create('ask', 'exports.handler = async (event) => { console.log("asked"); return event; };');

    const executionArn = await execute(endpoint.sfn, {
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
      const { events = [] } = await endpoint.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
      const submitted = events.find((event) => event.taskSubmittedEventDetails !== undefined);
      return submitted === undefined
        ? undefined
        : (JSON.parse(submitted.taskSubmittedEventDetails?.output ?? '').Payload.token as string);
    });
    await endpoint.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"answer"' }));

    expect(await ended(endpoint.sfn, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"answer"' });
  }, 20_000);

  it('lets nearly a year pass at once in virtual time, but not while a function runs', async () => {
    await begin({ virtualTime: true });
    await create('slow', 'exports.handler = () => new Promise((done) => setTimeout(() => done("in time"), 300));');

    const executionArn = await execute(endpoint.sfn, {
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

    const { output, startDate, stopDate } = await ended(endpoint.sfn, executionArn);
    expect(output).toBe('"in time"');
    expect((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)).toBe(31_535_000_000);
  }, 20_000);

  it('names a function that does not exist', async () => {
    await begin();

    await expect(endpoint.lambda.send(new GetFunctionCommand({ FunctionName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
