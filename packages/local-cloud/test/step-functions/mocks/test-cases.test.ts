import {
  CreateStateMachineCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { type Fixture, failure, ROLE_ARN, startFixture, waitUntil } from '../fixture';

const OK = { '0': { Return: 'ok' } };
const LAMBDA = 'arn:aws:states:::lambda:invoke';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

const machine = (states: object, StartAt = Object.keys(states)[0]) => ({ StartAt, States: states });
const task = (Resource: string, more: object = {}) => ({ Type: 'Task', Resource, Parameters: {}, End: true, ...more });
const always = { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3 };

describe('mocked test cases', () => {
  let fixture: Fixture;
  afterEach(() => fixture.close());

  /** Mocks the states of one state machine `M`, in the test case `Case`. */
  const begin = async (states: Record<string, string>, responses: object): Promise<void> => {
    fixture = await startFixture({
      mocks: { StateMachines: { M: { TestCases: { Case: states, Other: {} } } }, MockedResponses: responses },
    });
  };
  const create = async (definition: object, name = 'M', type: 'STANDARD' | 'EXPRESS' = 'STANDARD') => {
    const { stateMachineArn = '' } = await fixture.client.send(
      new CreateStateMachineCommand({ name, type, roleArn: ROLE_ARN, definition: JSON.stringify(definition) }),
    );
    return stateMachineArn;
  };
  const start = (stateMachineArn: string, input: unknown = {}) =>
    fixture.client.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  const result = async (executionArn = '') =>
    waitUntil(async () => {
      const described = await fixture.service.call('DescribeExecution', { executionArn });
      return described.status === 'RUNNING' ? undefined : described;
    });
  const run = async (definition: object, input?: unknown) => {
    const { executionArn } = await start(`${await create(definition)}#Case`, input);
    const { status, output, error, cause } = await result(executionArn);
    const { events = [] } = await fixture.client.send(new GetExecutionHistoryCommand({ executionArn }));
    return {
      status,
      error,
      cause,
      output: output && JSON.parse(output),
      events,
      types: events.map(({ type }) => type),
    };
  };

  it.each([
    ['a bare function', FUNCTION],
    ['an optimized integration', 'arn:aws:states:::sqs:sendMessage'],
    ['an action of the AWS SDK', 'arn:aws:states:::aws-sdk:rekognition:detectLabels'],
    ['an HTTP endpoint', 'arn:aws:states:::http:invoke'],
    ['an activity', 'arn:aws:states:us-east-1:000000000000:activity:paint'],
  ])('give the result of %s, and nothing is called', async (_, resource) => {
    await begin({ Ask: 'Answer' }, { Answer: { '0': { Return: { n: 42 } } } });

    expect(await run(machine({ Ask: task(resource, { ResultPath: '$.answer' }) }), { given: true })).toMatchObject({
      status: 'SUCCEEDED',
      output: { given: true, answer: { n: 42 } },
    });
    expect(fixture.functions.invocations).toEqual([]);
  });

  it('give the result to JSONata, too', async () => {
    await begin({ Ask: 'Answer' }, { Answer: { '0': { Return: { StatusCode: 200, Payload: { n: 20 } } } } });
    const { Parameters: _, ...ask } = task(LAMBDA, { Arguments: {}, Output: '{% $states.result.Payload.n + 1 %}' });

    expect(await run({ QueryLanguage: 'JSONata', ...machine({ Ask: ask }) })).toMatchObject({ output: 21 });
  });

  it.each([
    ['a request', LAMBDA, ['TaskScheduled', 'TaskStarted', 'TaskSucceeded']],
    ['a function', FUNCTION, ['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded']],
    [
      'an activity',
      'arn:aws:states:us-east-1:000000000000:activity:paint',
      ['ActivityScheduled', 'ActivityStarted', 'ActivitySucceeded'],
    ],
    ...['batch:submitJob.sync', 'states:startExecution.sync:2', 'sqs:sendMessage.waitForTaskToken'].map(
      (resource): [string, string, string[]] => [
        resource,
        `arn:aws:states:::${resource}`,
        ['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded'],
      ],
    ),
  ])('write the events of %s', async (_, resource, types) => {
    await begin({ Ask: 'Ok' }, { Ok: OK });

    const ran = await run(machine({ Ask: task(resource, { Parameters: { 'Token.$': '$.token' } }) }), { token: 'T' });

    expect(ran.types).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      ...types,
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(ran.output).toBe('ok');
  });

  it.each([
    ['sqs:sendMessage', 'SQS.QueueDoesNotExistException', ['TaskFailed']],
    ['sqs:sendMessage.waitForTaskToken', 'SQS.QueueDoesNotExistException', ['TaskSubmitFailed']],
    ['sqs:sendMessage.waitForTaskToken', 'Refused', ['TaskSubmitted', 'TaskFailed']],
    ['glue:startJobRun.sync', 'States.TaskFailed', ['TaskSubmitted', 'TaskFailed']],
  ])('write how %s fails with %s', async (resource, error, types) => {
    await begin({ Ask: 'Bad' }, { Bad: { '0': { Throw: { Error: error, Cause: 'because' } } } });

    const ran = await run(machine({ Ask: task(`arn:aws:states:::${resource}`) }));

    expect(ran).toMatchObject({ status: 'FAILED', error, cause: 'because' });
    expect(ran.types.slice(2, -1)).toEqual(['TaskScheduled', 'TaskStarted', ...types]);
  });

  it.each([
    ['lambda:invoke', 'States.Timeout', ['TaskTimedOut']],
    ['sqs:sendMessage.waitForTaskToken', 'States.HeartbeatTimeout', ['TaskSubmitted', 'TaskTimedOut']],
  ])('let %s time out with %s', async (resource, error, types) => {
    await begin({ Ask: 'Late' }, { Late: { '0': { Throw: { Error: error } } } });
    const late = task(`arn:aws:states:::${resource}`, { Catch: [{ ErrorEquals: [error], Next: 'Late' }] });

    const ran = await run(machine({ Ask: late, Late: { Type: 'Pass', OutputPath: '$.Error', End: true } }));

    expect(ran.output).toBe('States.Timeout');
    expect(ran.types.slice(2, -4)).toEqual(['TaskScheduled', 'TaskStarted', ...types]);
  });

  it('count retries: the example of the guide', async () => {
    const notReady = { Throw: { Error: 'Lambda.ResourceNotReadyException', Cause: 'Lambda resource is not ready.' } };
    const timedOut = { Throw: { Error: 'Lambda.TimeoutException', Cause: 'Lambda timed out.' } };
    await begin({ Ask: 'Retried' }, { Retried: { '0': notReady, '1-2': timedOut, '3': { Return: 'at last' } } });

    const ran = await run(machine({ Ask: task(LAMBDA, { Retry: [always] }) }));

    expect(ran.output).toBe('at last');
    expect(ran.events.flatMap((event) => event.taskFailedEventDetails?.error ?? [])).toEqual([
      'Lambda.ResourceNotReadyException',
      'Lambda.TimeoutException',
      'Lambda.TimeoutException',
    ]);
  });

  it('lead to the catcher of their error', async () => {
    await begin({ Ask: 'Bad' }, { Bad: { '0': { Throw: { Error: 'Unpaid' } } } });
    const caught = task(LAMBDA, { Catch: [{ ErrorEquals: ['Unpaid'], Next: 'Remind' }] });

    expect(await run(machine({ Ask: caught, Remind: { Type: 'Pass', Result: 'reminded', End: true } }))).toMatchObject({
      output: 'reminded',
    });
  });

  it('count on in each item of a Map, retries included', async () => {
    await begin(
      { Ask: 'Each' },
      { Each: { '0': { Throw: { Error: 'Boom' } }, '1': { Return: 1 }, '2': { Return: 2 }, '3': { Return: 3 } } },
    );
    const each = {
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: machine({ Ask: task(LAMBDA, { Retry: [always] }) }),
      End: true,
    };

    expect(await run(machine({ Each: each }), ['a', 'b', 'c'])).toMatchObject({ output: [1, 2, 3] });
  });

  it('count on in each turn of a loop, and for each state by itself', async () => {
    await begin(
      { Poll: 'Progress', Stop: 'Ok' },
      { Progress: { '0-1': { Return: 'RUNNING' }, '2': { Return: 'DONE' } }, Ok: OK },
    );
    const { End: _, ...poll } = task(LAMBDA, { Next: 'Done?' });

    const ran = await run(
      machine({
        Poll: poll,
        'Done?': { Type: 'Choice', Choices: [{ Variable: '$', StringEquals: 'DONE', Next: 'Stop' }], Default: 'Poll' },
        Stop: task(LAMBDA),
      }),
    );

    expect(ran.output).toBe('ok');
    expect(ran.types.filter((type) => type === 'TaskScheduled')).toHaveLength(4);
  });

  describe('of a distributed Map', () => {
    const each = (more: object = {}, inner: object = {}) => ({
      Type: 'Map',
      ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { 'Bucket.$': '$.bucket' } },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...machine({ Ask: task(LAMBDA, { Parameters: { 'Payload.$': '$.Key' }, ...inner }) }),
      },
      MaxConcurrency: 1,
      End: true,
      ...more,
    });

    it('give its items, and the count goes on through its children', async () => {
      await begin(
        { Each: 'Items', Ask: 'Answers' },
        {
          Items: { '0': { Return: [{ Key: 'a' }, { Key: 'b' }] } },
          Answers: { '0': { Throw: { Error: 'Boom' } }, '1': { Return: 1 }, '2': { Return: 2 } },
        },
      );

      expect(await run(machine({ Each: each({}, { Retry: [always] }) }), { bucket: 'photos' })).toMatchObject({
        status: 'SUCCEEDED',
        output: [1, 2],
        types: expect.arrayContaining(['MapRunStarted', 'MapRunSucceeded', 'MapStateSucceeded']),
      });
    });

    it('give the keys and the source of what was read', async () => {
      await begin({ Each: 'Items' }, { Items: { '0': { Return: { one: 1, two: 2, three: 3 } } } });
      const whole = each({
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          Parameters: { Bucket: 'photos', Key: 'list.json' },
          ReaderConfig: { InputType: 'JSON', MaxItems: 2 },
        },
        ItemSelector: { 'key.$': '$$.Map.Item.Key', 'value.$': '$$.Map.Item.Value', 'from.$': '$$.Map.Item.Source' },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...machine({ Pass: { Type: 'Pass', End: true } }),
        },
      });

      expect((await run(machine({ Each: whole }))).output).toEqual([
        { key: 'one', value: 1, from: 'S3://photos/list.json' },
        { key: 'two', value: 2, from: 'S3://photos/list.json' },
      ]);
    });

    it('give the answer of its ResultWriter with the next attempt', async () => {
      const written = { ResultWriterDetails: { Bucket: 'results', Key: 'manifest.json' } };
      await begin(
        { Each: 'Exchange', Ask: 'Ok' },
        { Exchange: { '0': { Return: [{ Key: 'a' }] }, '1': { Return: written } }, Ok: OK },
      );
      const writer = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'results', Prefix: 'p' } };

      expect((await run(machine({ Each: each({ ResultWriter: writer }) }), { bucket: 'photos' })).output).toEqual(
        written,
      );
    });

    it.each([
      [{ Throw: { Error: 'States.ItemReaderFailed', Cause: 'gone' } }, 'States.ItemReaderFailed', 'gone'],
      [
        { Return: 'text' },
        'States.ItemReaderFailed',
        'The Return of a mocked ItemReader must be a list of items, or an object. Received: "text".',
      ],
    ])('fail it with %j', async (outcome, error, cause) => {
      await begin({ Each: 'Items' }, { Items: { '0': outcome } });

      expect(await run(machine({ Each: each() }), { bucket: 'photos' })).toMatchObject({ error, cause });
    });

    it('do not hide that their items cannot be selected', async () => {
      await begin({ Each: 'Items' }, { Items: { '0': { Return: [{ Key: 'a' }] } } });

      expect(
        await run(machine({ Each: each({ ItemSelector: { 'x.$': '$$.Map.Item.Value.none' } }) }), { bucket: 'photos' }),
      ).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining("'$$.Map.Item.Value.none'") });
    });
  });

  it('begin anew in each execution', async () => {
    await begin({ Ask: 'Ok' }, { Ok: OK });
    const arn = await create(machine({ Ask: task(LAMBDA) }));

    for (let turn = 0; turn < 2; turn++) {
      const { executionArn } = await start(`${arn}#Case`);
      expect(await result(executionArn)).toMatchObject({ output: '"ok"' });
    }
  });

  it('end in States.Runtime at an attempt that has no mock, whatever is caught', async () => {
    await begin({ Ask: 'Twice' }, { Twice: { '0': { Throw: { Error: 'E' } }, '2-4': { Return: 1 } } });
    const caught = task(LAMBDA, { Retry: [always], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Ask' }] });

    expect(await run(machine({ Ask: caught }))).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining(
        `The mocked response 'Twice' has nothing for attempt 1 of the state 'Ask' (test case 'Case'). It has: "0", "2-4".`,
      ),
    });
  });

  it('leave states without a mock to their service', async () => {
    await begin({ Ask: 'Ok' }, { Ok: OK });
    fixture.functions.byName.set('f', () => 'real');
    const { End: _, ...ask } = task(LAMBDA, { Next: 'Call' });

    expect(await run(machine({ Ask: ask, Call: task(FUNCTION) }))).toMatchObject({ output: 'real' });
  });

  it('are not shown: neither in ARNs nor in the context object', async () => {
    await begin({ Ask: 'Ok' }, { Ok: OK });
    const arn = await create(
      machine({
        Ask: task(LAMBDA, { Next: 'Context', End: undefined }),
        Context: { Type: 'Pass', OutputPath: '$$', End: true },
      }),
    );

    const { executionArn } = await start(`${arn}#Case`);
    const described = await result(executionArn);

    expect(described.stateMachineArn).toBe(arn);
    expect(JSON.parse(described.output ?? '')).toMatchObject({ StateMachine: { Id: arn, Name: 'M' } });
    expect(JSON.stringify(described)).not.toContain('#');
  });

  it('can be chosen for EXPRESS executions that are waited for', async () => {
    await begin({ Ask: 'Ok' }, { Ok: OK });
    const arn = await create(machine({ Ask: task(LAMBDA) }), 'M', 'EXPRESS');

    const ran = await fixture.client.send(new StartSyncExecutionCommand({ stateMachineArn: `${arn}#Case` }));

    expect(ran).toMatchObject({ status: 'SUCCEEDED', output: '"ok"', stateMachineArn: arn });
  });

  it.each(['startExecution.sync', 'startExecution.sync:2'])('can be chosen by states:%s', async (action) => {
    await begin({ Ask: 'Ok' }, { Ok: OK });
    const child = await create(machine({ Ask: task(LAMBDA) }));
    const parent = await create(
      machine({
        Child: task(`arn:aws:states:::states:${action}`, {
          Parameters: { StateMachineArn: `${child}#Case` },
          OutputPath: '$.Output',
        }),
      }),
      'Parent',
    );

    const { executionArn } = await start(parent);

    expect((await result(executionArn)).output).toContain('ok');
  });

  it('are none with nothing behind the #, as in Step Functions Local', async () => {
    await begin({ Ask: 'Ok' }, { Ok: OK });
    fixture.functions.byName.set('f', () => 'real');
    const arn = await create(machine({ Ask: task(FUNCTION) }));

    const { executionArn } = await start(`${arn}#`);

    expect(await result(executionArn)).toMatchObject({ output: '"real"' });
  });

  it('that do not exist are named at the start, with those that do', async () => {
    await begin({}, {});
    const [arn, other] = [
      await create(machine({ Ask: task(LAMBDA) })),
      await create(machine({ Ask: task(LAMBDA) }), 'N'),
    ];

    expect(await failure(start(`${arn}#Cas`))).toEqual({
      name: 'ValidationException',
      status: 400,
      message:
        "There is no test case 'Cas': the mock configuration mocks.json has these test cases for the state machine 'M': Case, Other.",
    });
    expect(await failure(start(`${other}#Case`))).toMatchObject({
      message: "There is no test case 'Case': the mock configuration mocks.json has no state machine 'N'. It has: M.",
    });
  });

  it('that mock what is not there are refused with the definition', async () => {
    await begin({ Aks: 'Ok' }, { Ok: OK });
    const message =
      "The test case 'Case' of the state machine 'M' mocks the state 'Aks', which does not exist. States that can be mocked: Ask.";

    expect(await failure(create(machine({ Ask: task(LAMBDA) })))).toMatchObject({
      name: 'ValidationException',
      message,
    });
    expect((await failure(create(machine({ Aks: { Type: 'Pass', End: true } })))).message).toContain(
      "mocks the state 'Aks', which is a Pass state, which calls nothing. States that can be mocked: none.",
    );

    const stateMachineArn = await create(machine({ Aks: task(LAMBDA) }));
    const definition = JSON.stringify(machine({ Ask: task(LAMBDA) }));
    const update = fixture.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));

    expect(await failure(update)).toMatchObject({ message });
  });

  it('cannot be chosen where nothing is mocked', async () => {
    fixture = await startFixture();
    const arn = await create(machine({ Ask: task(LAMBDA) }));

    expect(await failure(start(`${arn}#Case`))).toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${arn}#Case'. To choose a test case by '#', name a mock configuration with --mocks or SFN_MOCK_CONFIG.`,
    });
  });
});
