import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import type { Definition, HistoryEvent, JsonValue } from '@workflows/states-language';
import { scaffoldMocks } from '../../../src/step-functions/mocks/scaffold';
import { ROLE_ARN, startFixture, waitUntil } from '../fixture';

const LAMBDA = 'arn:aws:states:::lambda:invoke';

/** Runs every scaffolded test case on an endpoint with the scaffolded mocks. */
async function play(definition: object) {
  const { configuration, inputs, unreached } = await scaffoldMocks(definition as Definition, 'M');
  const { client, close, service } = await startFixture({ mocks: configuration });
  try {
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({ name: 'M', roleArn: ROLE_ARN, definition: JSON.stringify(definition) }),
    );
    const played: Record<string, { status: string; error?: string | undefined; states: string[] }> = {};
    for (const [testCase, input] of Object.entries(inputs)) {
      const { executionArn } = await service.call('StartExecution', {
        stateMachineArn: `${stateMachineArn}#${testCase}`,
        input: JSON.stringify(input),
      });
      const { error, status } = await waitUntil(async () => {
        const described = await service.call('DescribeExecution', { executionArn });
        return described.status === 'RUNNING' ? undefined : described;
      });
      const history = await service.call('GetExecutionHistory', { executionArn, maxResults: 1000 });
      const events = history.events as HistoryEvent[];
      const states = events.flatMap((event) => event.stateEnteredEventDetails?.name ?? []);
      played[testCase] = { status, error, states };
    }
    return {
      configuration: configuration as { MockedResponses: Record<string, JsonValue> },
      inputs,
      played,
      unreached,
    };
  } finally {
    await close();
  }
}

const order = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: LAMBDA,
      Parameters: { FunctionName: 'charge', Payload: { 'amount.$': '$.order.amount' } },
      ResultPath: '$.charge',
      Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 1, MaxAttempts: 2 }],
      Catch: [
        { ErrorEquals: ['Unpaid'], Next: 'Remind' },
        { ErrorEquals: ['States.ALL'], Next: 'Failed' },
      ],
      Next: 'Ship',
    },
    Ship: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sqs:receiveMessage',
      ResultPath: '$.ship',
      Next: 'Shipped?',
    },
    'Shipped?': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.ship.Messages[0].Body', StringEquals: 'lost', Next: 'Failed' },
        {
          And: [
            { Variable: '$.ship.Messages[0].Body', IsPresent: true },
            { Variable: '$.ship.Messages[0].Attempts', NumericGreaterThan: 2 },
          ],
          Next: 'Done',
        },
      ],
      Default: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Ship' },
    Remind: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: { 'Message.$': "States.Format('Pay {}', $.Error)", TopicArn: 'arn:aws:sns:us-east-1:000000000000:t' },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'NotDelivered' },
  },
};

describe('scaffolded mocks', () => {
  it('play the way to a successful end, each retrier and each catcher, also one behind another', async () => {
    const { played, unreached } = await play(order);

    expect(unreached).toEqual([]);
    expect(played).toMatchObject({
      HappyPath: { status: 'SUCCEEDED', states: ['Charge', 'Ship', 'Shipped?', 'Done'] },
      ChargeRetriesLambdaServiceException: { status: 'SUCCEEDED', states: ['Charge', 'Ship', 'Shipped?', 'Done'] },
      ChargeCatchesUnpaid: { status: 'SUCCEEDED', states: ['Charge', 'Remind', 'Done'] },
      ChargeCatchesStatesTaskFailed: { status: 'FAILED', error: 'NotDelivered', states: ['Charge', 'Failed'] },
      RemindCatchesSNSInternalErrorException: { status: 'FAILED', states: ['Charge', 'Remind', 'Failed'] },
    });
  });

  it('have results as their service answers them, with what later states read', async () => {
    const { configuration, inputs } = await play(order);

    expect(configuration.MockedResponses).toMatchObject({
      Charge: { '0': { Return: { ExecutedVersion: '$LATEST', Payload: {}, StatusCode: 200 } } },
      'Charge (2)': { '0': { Throw: { Error: 'Lambda.ServiceException' } }, '1': { Return: { StatusCode: 200 } } },
      Ship: { '0': { Return: { Messages: [{ Attempts: 3 }] } } },
      Remind: { '0': { Return: { MessageId: expect.any(String) } } },
    });
    expect(inputs.HappyPath).toEqual({ order: { amount: 1 } });
  });

  it('play what is inside Map and Parallel states, and the handlers of both', async () => {
    const call = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f', End: true };
    const { played, unreached } = await play({
      StartAt: 'List',
      States: {
        List: { ...call, End: undefined, Next: 'Each' },
        Each: {
          Type: 'Map',
          ItemsPath: '$.found.Items',
          ItemSelector: { 'name.$': '$$.Map.Item.Value.name' },
          ItemProcessor: { StartAt: 'Work', States: { Work: call } },
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Both' }],
          Next: 'Both',
        },
        Both: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'Left', States: { Left: call } }],
          Retry: [{ ErrorEquals: ['Lambda.ServiceException'] }],
          End: true,
        },
      },
    });

    expect(unreached).toEqual([]);
    expect(played).toMatchObject({
      HappyPath: { status: 'SUCCEEDED', states: ['List', 'Each', 'Work', 'Both', 'Left'] },
      EachCatchesLambdaServiceException: { status: 'SUCCEEDED' },
      BothRetriesLambdaServiceException: {
        status: 'SUCCEEDED',
        states: ['List', 'Each', 'Work', 'Both', 'Left', 'Left'],
      },
    });
  });

  it('fill in what JSONata reads, by its type', async () => {
    const { inputs, played } = await play({
      QueryLanguage: 'JSONata',
      StartAt: 'Fetch',
      States: {
        Fetch: {
          Type: 'Task',
          Resource: 'arn:aws:states:::http:invoke',
          Arguments: { ApiEndpoint: "{% 'https://' & $states.input.host %}", Method: 'GET' },
          Assign: { next: '{% $states.result.ResponseBody.count + $number($states.input.offset) %}' },
          Output: '{% $states.result.ResponseBody %}',
          Next: 'Ready?',
        },
        'Ready?': {
          Type: 'Choice',
          Choices: [{ Condition: "{% $states.input.state = 'READY' and $next > 0 %}", Next: 'Each' }],
          Default: 'Failed',
        },
        Each: {
          Type: 'Map',
          Items: '{% $states.input.results %}',
          ItemProcessor: {
            StartAt: 'Name',
            States: { Name: { Type: 'Pass', Output: '{% $uppercase($states.input.name) %}', End: true } },
          },
          End: true,
        },
        Failed: { Type: 'Fail' },
      },
    });

    expect(played.HappyPath).toMatchObject({ status: 'SUCCEEDED', states: ['Fetch', 'Ready?', 'Each', 'Name'] });
    expect(inputs.HappyPath).toEqual({ offset: '1' });
  });

  it('have the elements that wildcards and filters look for', async () => {
    const { configuration, played } = await play({
      StartAt: 'Read',
      States: {
        Read: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:textract:analyzeExpense',
          Parameters: {},
          ResultSelector: {
            'vendor.$': "$.Fields[?(@.Type.Text=='VENDOR')].Value.Text",
            'total.$': "$.Fields[?(@.Type.Text=='TOTAL')].Value.Text",
            'names.$': '$.Lines[*].Name',
          },
          Next: 'First',
        },
        First: {
          Type: 'Pass',
          Parameters: { 'vendor.$': '$.vendor[0]', 'total.$': '$.total[0]', 'name.$': '$.names[0]' },
          End: true,
        },
      },
    });

    expect(played.HappyPath?.status).toBe('SUCCEEDED');
    expect(configuration.MockedResponses).toMatchObject({
      Read: {
        '0': { Return: { Fields: expect.arrayContaining([expect.objectContaining({ Type: { Text: 'TOTAL' } })]) } },
      },
    });
  });

  it('give a distributed Map its items, and the answer to its results', async () => {
    const { configuration, played, unreached } = await play({
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { 'Bucket.$': '$.bucket' } },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Work',
            States: {
              Work: {
                Type: 'Task',
                Resource: LAMBDA,
                Parameters: { FunctionName: 'f', 'Payload.$': '$.Owner.Name' },
                End: true,
              },
            },
          },
          ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'results', Prefix: 'p' } },
          Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'Nothing' }],
          End: true,
        },
        Nothing: { Type: 'Succeed' },
      },
    });

    expect(unreached).toEqual([]);
    expect(played).toMatchObject({
      HappyPath: { status: 'SUCCEEDED', states: ['Each'] },
      EachCatchesStatesItemReaderFailed: { status: 'SUCCEEDED', states: ['Each', 'Nothing'] },
    });
    expect(configuration.MockedResponses).toMatchObject({
      Each: {
        '0': { Return: [{ Key: 'example-key', Owner: { Name: 'example-name' } }] },
        '1': { Return: { ResultWriterDetails: { Bucket: 'example-bucket' } } },
      },
    });
  });

  it('name the handlers that no test case reaches', async () => {
    const { unreached } = await play({
      StartAt: 'Call',
      States: {
        Call: {
          Type: 'Task',
          Resource: LAMBDA,
          Parameters: {},
          Catch: [
            { ErrorEquals: ['Early'], Next: 'Call' },
            { ErrorEquals: ['States.ALL'], Next: 'Never' },
          ],
          End: true,
        },
        Never: {
          Type: 'Choice',
          Choices: [{ Variable: '$.Error', StringEquals: 'Impossible', Next: 'Lost' }],
          Default: 'Done',
        },
        Lost: {
          Type: 'Task',
          Resource: LAMBDA,
          Parameters: {},
          Retry: [{ ErrorEquals: ['States.ALL'] }],
          End: true,
        },
        Done: { Type: 'Succeed' },
      },
    });

    expect(unreached).toEqual(['Lost: no test case reaches the handler of Lambda.ServiceException.']);
  });
});
