import type { HistoryEvent } from '@workflows/states-language';
import { type Authorizer, AwsError, type AwsRequest } from '../../src/contracts';
import { DynamoDbService } from '../../src/dynamodb';
import {
  allowAll,
  type Fixture,
  FunctionError,
  passThrough,
  ROLE_ARN,
  startFixture,
  waiting,
  waitUntil,
} from './fixture';

/** Refuses these actions to the role of the state machines. */
const denying = (...actions: string[]): Authorizer => ({
  principalOf: () => undefined,
  authorize(principal, action, resource) {
    if (principal !== undefined && actions.includes(action)) {
      throw new AwsError(
        'AccessDeniedException',
        `User: x is not authorized to perform: ${action} on resource: ${resource}`,
      );
    }
  },
});

const task = (resource: string, parameters: object, more: object = {}) => ({
  StartAt: 'Task',
  States: {
    Task: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: parameters, End: true, ...more },
  },
});

/** Types of the events up to a task that was submitted. */
const SUBMITTED = ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted'];

describe('integrations', () => {
  let fixture: Fixture;
  let machines = 0;

  afterEach(() => fixture.close());

  const create = async (definition: object): Promise<string> => {
    machines++;
    const { stateMachineArn } = await fixture.service.call('CreateStateMachine', {
      name: `machine-${machines}`,
      roleArn: ROLE_ARN,
      definition: JSON.stringify(definition),
    });
    return stateMachineArn;
  };
  const start = async (definition: object, input: unknown = {}) => {
    const stateMachineArn = await create(definition);
    const { executionArn } = await fixture.service.call('StartExecution', {
      stateMachineArn,
      input: JSON.stringify(input),
    });
    return executionArn;
  };
  const describeExecution = (executionArn: string) => fixture.service.call('DescribeExecution', { executionArn });
  const run = async (definition: object, input: unknown = {}) => {
    const executionArn = await start(definition, input);
    return waitUntil(async () => {
      const described = await describeExecution(executionArn);
      return described.status === 'RUNNING' ? undefined : described;
    });
  };
  const historyOf = async (executionArn: string): Promise<HistoryEvent[]> =>
    (await fixture.service.call('GetExecutionHistory', { executionArn })).events as HistoryEvent[];

  describe('lambda:invoke', () => {
    const invoke = (payload?: unknown, more: object = {}) =>
      task('lambda:invoke', { FunctionName: 'f', ...(payload === undefined ? {} : { Payload: payload }) }, more);

    beforeEach(async () => {
      fixture = await startFixture();
    });

    it('answers as the AWS SDK answers Step Functions', async () => {
      fixture.functions.byName.set('f', (event) => ({ got: event }));

      const { output = '' } = await run(invoke({ a: 1 }));

      const requestId = expect.stringMatching(/^[\da-f-]{36}$/);
      const traceId = expect.stringMatching(/^root=1-[\da-f]{8}-[\da-f]{24};sampled=0$/);
      const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
      expect(JSON.parse(output)).toEqual({
        ExecutedVersion: '$LATEST',
        Payload: { got: { a: 1 } },
        SdkHttpMetadata: {
          AllHttpHeaders: {
            'X-Amz-Executed-Version': ['$LATEST'],
            'x-amzn-Remapped-Content-Length': ['0'],
            Connection: ['keep-alive'],
            'x-amzn-RequestId': [requestId],
            'Content-Length': ['15'],
            Date: [date],
            'X-Amzn-Trace-Id': [traceId],
            'Content-Type': ['application/json'],
          },
          HttpHeaders: {
            Connection: 'keep-alive',
            'Content-Length': '15',
            'Content-Type': 'application/json',
            Date: date,
            'X-Amz-Executed-Version': '$LATEST',
            'x-amzn-Remapped-Content-Length': '0',
            'x-amzn-RequestId': requestId,
            'X-Amzn-Trace-Id': traceId,
          },
          HttpStatusCode: 200,
        },
        SdkResponseMetadata: { RequestId: requestId },
        StatusCode: 200,
      });
    });

    it('leaves the events of a task', async () => {
      fixture.functions.byName.set('f', () => 1);
      const executionArn = await start(invoke());
      await waitUntil(async () => ((await describeExecution(executionArn)).status === 'RUNNING' ? undefined : true));

      const events = await historyOf(executionArn);

      expect(events.map(({ type, id, previousEventId }) => [type, id, previousEventId])).toEqual([
        ['ExecutionStarted', 1, 0],
        ['TaskStateEntered', 2, 0],
        ['TaskScheduled', 3, 2],
        ['TaskStarted', 4, 3],
        ['TaskSucceeded', 5, 4],
        ['TaskStateExited', 6, 5],
        ['ExecutionSucceeded', 7, 6],
      ]);
      expect(events[2]?.taskScheduledEventDetails).toEqual({
        resourceType: 'lambda',
        resource: 'invoke',
        region: 'us-east-1',
        parameters: '{"FunctionName":"f"}',
      });
    });

    it.each([
      ['nothing', undefined, '{}'],
      ['null', null, '{}'],
      ['an object', { a: [1] }, '{"a":[1]}'],
      ['text that is JSON', '[1]', '[1]'],
      ['other text', 'hello', '"hello"'],
    ])('sends %s as JSON', async (_, payload, sent) => {
      fixture.functions.byName.set('f', () => null);

      await run(invoke(payload));

      expect(fixture.functions.invocations).toEqual([
        { name: 'f', payload: sent, invocationType: 'RequestResponse', principal: { roleArn: ROLE_ARN } },
      ]);
    });

    it('does not wait for an asynchronous invocation', async () => {
      fixture.functions.byName.set('f', () => null);

      const { output = '' } = await run(task('lambda:invoke', { FunctionName: 'f', InvocationType: 'Event' }));

      expect(fixture.functions.invocations[0]?.invocationType).toBe('Event');
      expect(JSON.parse(output)).toMatchObject({ StatusCode: 202 });
    });

    it('fails with the error that the function threw', async () => {
      const document = { errorType: 'OutOfStock', errorMessage: 'none left', trace: ['OutOfStock: none left'] };
      fixture.functions.byName.set('f', () => {
        throw new FunctionError(document);
      });

      expect(await run(invoke())).toMatchObject({
        status: 'FAILED',
        error: 'OutOfStock',
        cause: JSON.stringify(document),
      });
    });

    it('fails with Lambda.Unknown when the function names no error', async () => {
      fixture.functions.byName.set('f', () => {
        throw new FunctionError({ errorMessage: '2026 Task timed out after 3.00 seconds' });
      });

      expect(await run(invoke())).toMatchObject({
        error: 'Lambda.Unknown',
        cause:
          'The cause could not be determined because Lambda did not return an error type. ' +
          'Returned payload: {"errorMessage":"2026 Task timed out after 3.00 seconds"}',
      });
    });

    it('fails when there is no such function', async () => {
      expect(await run(invoke())).toMatchObject({
        error: 'Lambda.ResourceNotFoundException',
        cause: expect.stringMatching(
          /^Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:\$LATEST \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [\da-f-]{36}; Proxy: null\)$/,
        ),
      });
    });

    it.each([
      ['TooManyRequestsException', 429, 'Lambda.TooManyRequestsException'],
      ['ServiceException', 500, 'Lambda.ServiceException'],
      ['AccessDeniedException', 403, 'Lambda.AWSLambdaException'],
    ])('names the service error %s', async (code, status, error) => {
      fixture.functions.byName.set('f', () => {
        throw new AwsError(code, 'told so', status);
      });

      expect(await run(invoke())).toMatchObject({ error, cause: expect.stringContaining(`Error Code: ${code}`) });
    });

    it('names a call that never arrived', async () => {
      fixture.functions.byName.set('f', () => {
        throw new Error('connection refused');
      });

      expect(await run(invoke())).toMatchObject({
        error: 'Lambda.SdkClientException',
        cause: 'Unable to execute HTTP request: connection refused',
      });
    });

    it('retries service errors as the definition says, in virtual time', async () => {
      let calls = 0;
      fixture.functions.byName.set('f', () => {
        calls++;
        if (calls < 3) {
          throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
        }
        return 'finally';
      });
      const retry = {
        Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 3600, MaxAttempts: 5 }],
      };

      const { startDate, stopDate = 0, status } = await run(invoke(undefined, retry));

      expect(status).toBe('SUCCEEDED');
      expect(stopDate - startDate).toBe(3600 + 7200);
    });

    it('refuses arguments that it would have to ignore', async () => {
      expect(await run(task('lambda:invoke', { FunctionName: 'f', DryRun: true }))).toMatchObject({
        status: 'FAILED',
        error: 'States.Runtime',
        cause: expect.stringContaining('DryRun'),
      });
    });

    it('hands a client context on to the function', async () => {
      fixture.functions.byName.set('f', () => null);
      await run(task('lambda:invoke', { FunctionName: 'f', ClientContext: 'e30=' }));
      expect(fixture.functions.invocations).toMatchObject([{ name: 'f', clientContext: 'e30=' }]);
    });

    it('gives the end of the log when asked to', async () => {
      fixture.functions.byName.set('f', () => null);
      const output = async (LogType: string) =>
        JSON.parse((await run(task('lambda:invoke', { FunctionName: 'f', LogType }))).output ?? '');

      const LogResult = Buffer.from('log of f').toString('base64');
      expect(await output('Tail')).toMatchObject({
        LogResult,
        SdkHttpMetadata: {
          AllHttpHeaders: { 'X-Amz-Log-Result': [LogResult] },
          HttpHeaders: { 'X-Amz-Log-Result': LogResult },
        },
      });
      expect(await output('None')).not.toHaveProperty('LogResult');
    });

    it('calls a function by its bare ARN, input in and output out', async () => {
      fixture.functions.byName.set('f', (event) => [event]);
      const definition = {
        StartAt: 'Call',
        States: { Call: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:f', End: true } },
      };

      expect(await run(definition, { a: 1 })).toMatchObject({ output: '[{"a":1}]' });
    });
  });

  describe('lambda:invoke.waitForTaskToken', () => {
    beforeEach(async () => {
      fixture = await startFixture();
    });

    it('leaves the events of a callback', async () => {
      fixture.functions.byName.set('f', (event) =>
        fixture.service.call('SendTaskSuccess', { taskToken: (event as { token: string }).token, output: '"done"' }),
      );
      const waitFor = task('lambda:invoke.waitForTaskToken', {
        FunctionName: 'f',
        Payload: { 'token.$': '$$.Task.Token' },
      });

      const { executionArn, output } = await run(waitFor);

      expect(output).toBe('"done"');
      expect((await historyOf(executionArn)).map((event) => event.type)).toEqual(
        // A callback that overtakes the function's answer ends the task before it was submitted.
        expect.arrayContaining(['TaskScheduled', 'TaskStarted', 'TaskSucceeded', 'ExecutionSucceeded']),
      );
    });

    it('waits on after the function has answered, and times out by its heartbeat', async () => {
      fixture.functions.byName.set('f', () => 'called');
      const waitFor = task(
        'lambda:invoke.waitForTaskToken',
        { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token' } },
        { TimeoutSeconds: 600, HeartbeatSeconds: 60 },
      );

      const { executionArn, startDate, stopDate = 0 } = await run(waitFor);

      expect(stopDate - startDate).toBe(60);
      expect((await historyOf(executionArn)).map((event) => event.type)).toEqual([
        ...SUBMITTED,
        'TaskTimedOut',
        'ExecutionFailed',
      ]);
    });
  });

  describe('states:startExecution', () => {
    const nested = (suffix: string, stateMachineArn: string, more: object = {}) =>
      task(`states:startExecution${suffix}`, { StateMachineArn: stateMachineArn, Name: 'child', ...more });
    const childArn = (stateMachineArn: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:child`;

    it('starts an execution and goes on', async () => {
      fixture = await startFixture();
      const child = await create(waiting(60));

      const { output = '' } = await run(nested('', child, { Input: { a: 1 } }));

      expect(JSON.parse(output)).toMatchObject({
        ExecutionArn: childArn(child),
        StartDate: expect.any(Number),
        SdkHttpMetadata: { HttpStatusCode: 200 },
      });
      expect(await describeExecution(childArn(child))).toMatchObject({ input: '{"a":1}' });
    });

    it.each([
      ['.sync', '"{\\"a\\":1}"'],
      ['.sync:2', '{"a":1}'],
    ])('%s waits for the execution and returns its description', async (suffix, payload) => {
      fixture = await startFixture();
      const child = await create(waiting(86_400));

      const { executionArn, output = '' } = await run(nested(suffix, child, { Input: { a: 1 } }));

      const description = JSON.parse(output);
      expect(Object.keys(description)).toEqual([
        'ExecutionArn',
        'Input',
        'InputDetails',
        'Name',
        'Output',
        'OutputDetails',
        'StartDate',
        'StateMachineArn',
        'Status',
        'StopDate',
      ]);
      expect(description).toMatchObject({ ExecutionArn: childArn(child), Status: 'SUCCEEDED', Name: 'child' });
      expect(JSON.stringify(description.Output)).toBe(payload);
      expect(description.StopDate - description.StartDate).toBe(86_400_000);
      expect((await historyOf(executionArn)).map((event) => event.type)).toEqual([
        ...SUBMITTED,
        'TaskSucceeded',
        'TaskStateExited',
        'ExecutionSucceeded',
      ]);
    });

    it('fails with States.TaskFailed and the description when the nested execution fails', async () => {
      fixture = await startFixture();
      const child = await create({
        StartAt: 'No',
        States: { No: { Type: 'Fail', Error: 'Broken', Cause: 'as asked' } },
      });

      const { error, cause = '' } = await run(nested('.sync', child));

      expect(error).toBe('States.TaskFailed');
      expect(JSON.parse(cause)).toEqual({
        Cause: 'as asked',
        Error: 'Broken',
        ExecutionArn: childArn(child),
        Input: '{}',
        InputDetails: { Included: true },
        Name: 'child',
        StartDate: expect.any(Number),
        StateMachineArn: child,
        Status: 'FAILED',
        StopDate: expect.any(Number),
      });
    });

    it('stops the nested execution when the state that waits for it times out', async () => {
      fixture = await startFixture();
      const child = await create(waiting(86_400));
      const definition = nested('.sync:2', child);
      Object.assign(definition.States.Task, { TimeoutSeconds: 60 });

      expect(await run(definition)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
      expect(await describeExecution(childArn(child))).toMatchObject({ status: 'ABORTED' });
    });

    it('names what AWS names when the state machine does not exist', async () => {
      fixture = await startFixture();
      const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:none';

      expect(await run(nested('', arn))).toMatchObject({
        error: 'StepFunctions.StateMachineDoesNotExistException',
        cause: expect.stringMatching(
          /^State Machine Does Not Exist: '.*:none' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: [\da-f-]{36}; Proxy: null\)$/,
        ),
      });
    });

    it('fails with ExecutionAlreadyExistsException for a name in use', async () => {
      fixture = await startFixture();
      const child = await create(passThrough);
      await run(nested('', child));

      expect(await run(nested('', child))).toMatchObject({ error: 'StepFunctions.ExecutionAlreadyExistsException' });
    });

    it('is started as the role of the state machine', async () => {
      fixture = await startFixture({ authorizer: denying('states:StartExecution') });
      const child = await create(passThrough);

      expect(await run(nested('', child))).toMatchObject({
        error: 'StepFunctions.AWSStepFunctionsException',
        cause: expect.stringContaining('not authorized to perform: states:StartExecution'),
      });
    });

    it('needs a role that may create the managed rule to wait with', async () => {
      fixture = await startFixture({ authorizer: denying('events:PutRule') });

      await expect(
        create(nested('.sync:2', 'arn:aws:states:us-east-1:000000000000:stateMachine:x')),
      ).rejects.toMatchObject({
        code: 'AccessDeniedException',
        message: expect.stringContaining(`'${ROLE_ARN}' is not authorized to create managed-rule`),
      });
    });
  });

  describe('dynamodb', () => {
    const TABLE = {
      TableName: 'things',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    };
    let dynamoDb: DynamoDbService;

    beforeEach(async () => {
      dynamoDb = new DynamoDbService('us-east-1', allowAll);
      fixture = await startFixture({ services: [dynamoDb] });
      const authorization =
        'AWS4-HMAC-SHA256 Credential=a/20260101/b/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
      const request: AwsRequest = {
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: {
          'x-amz-target': 'DynamoDB_20120810.CreateTable',
          'content-type': 'application/x-amz-json-1.0',
          authorization,
          'x-amz-date': '20260101T000000Z',
        },
        body: Buffer.from(JSON.stringify(TABLE)),
        principal: undefined,
      };
      expect((await dynamoDb.handle(request)).status).toBe(200);
      await waitUntil(async () => {
        const described = await dynamoDb.handle({
          ...request,
          headers: { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.DescribeTable' },
          body: Buffer.from('{"TableName":"things"}'),
        });
        return JSON.parse(described.body.toString()).Table.TableStatus === 'ACTIVE' ? true : undefined;
      });
    });
    afterEach(() => dynamoDb.close());

    const Key = { id: { S: '1' } };
    const put = (more: object = {}) =>
      task('dynamodb:putItem', { TableName: 'things', Item: { ...Key, name: { S: 'one' } }, ...more });

    it('takes text as an attribute of type S', async () => {
      const Item = { id: '1', list: { L: ['a', { N: '1' }] }, map: { M: { b: 'c' } } };
      await run(task('dynamodb:putItem', { TableName: 'things', Item }));

      const { output } = await run(task('dynamodb:getItem', { TableName: 'things', Key: { id: '1' } }));
      expect(JSON.parse(output ?? '').Item).toEqual({
        ...Key,
        list: { L: [{ S: 'a' }, { N: '1' }] },
        map: { M: { b: { S: 'c' } } },
      });
    });

    it('writes and reads items, with the metadata of the exchange', async () => {
      expect(JSON.parse((await run(put())).output ?? '')).toMatchObject({ SdkHttpMetadata: { HttpStatusCode: 200 } });

      const { output = '' } = await run(task('dynamodb:getItem', { TableName: 'things', Key }));

      expect(JSON.parse(output)).toMatchObject({
        Item: { id: { S: '1' }, name: { S: 'one' } },
        SdkHttpMetadata: { HttpHeaders: { 'x-amz-crc32': expect.stringMatching(/^\d+$/) } },
      });
    });

    it('names a failed condition', async () => {
      await run(put());

      expect(await run(put({ ConditionExpression: 'attribute_not_exists(id)' }))).toMatchObject({
        error: 'DynamoDB.ConditionalCheckFailedException',
        cause: expect.stringMatching(
          /^The conditional request failed \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; /,
        ),
      });
    });

    it('names errors that have no name of their own after the service', async () => {
      expect(await run(task('dynamodb:getItem', { TableName: 'things', Key: {} }))).toMatchObject({
        error: 'DynamoDB.AmazonDynamoDBException',
        cause: expect.stringContaining('Error Code: ValidationException'),
      });
    });

    it('serves every action through aws-sdk, without metadata', async () => {
      await run(put());

      const { output = '' } = await run(task('aws-sdk:dynamodb:scan', { TableName: 'things' }));

      expect(JSON.parse(output)).toEqual({
        Count: 1,
        ScannedCount: 1,
        Items: [{ id: { S: '1' }, name: { S: 'one' } }],
      });
      expect(await run(task('aws-sdk:dynamodb:getItem', { TableName: 'none', Key }))).toMatchObject({
        error: 'DynamoDb.ResourceNotFoundException',
        cause: expect.stringMatching(
          /\(Service: DynamoDb, Status Code: 400, Request ID: [\da-f-]{36}\) \(SDK Attempt Count: 1\)$/,
        ),
      });
    });

    it('writes types of attributes as the SDK names them through aws-sdk, and reads both names', async () => {
      const Item = {
        id: { S: '1' },
        flag: { Bool: true },
        no: { Nul: true },
        strings: { SS: ['a'] },
        inner: { M: { numbers: { Ns: ['1'] }, BOOL: { BOOL: false }, SS: { L: [{ BOOL: true }] } } },
      };
      await run(task('aws-sdk:dynamodb:putItem', { TableName: 'things', Item }));

      const { output = '' } = await run(task('aws-sdk:dynamodb:getItem', { TableName: 'things', Key }));

      expect(JSON.parse(output).Item).toEqual({
        id: { S: '1' },
        flag: { Bool: true },
        no: { Nul: true },
        strings: { Ss: ['a'] },
        inner: { M: { numbers: { Ns: ['1'] }, BOOL: { Bool: false }, SS: { L: [{ Bool: true }] } } },
      });
      const plain = await run(task('dynamodb:getItem', { TableName: 'things', Key }));
      expect(JSON.parse(plain.output ?? '').Item).toMatchObject({ flag: { BOOL: true }, strings: { SS: ['a'] } });
    });

    it('shows the instants of a table as text through aws-sdk', async () => {
      const { output = '' } = await run(task('aws-sdk:dynamodb:describeTable', { TableName: 'things' }));

      expect(JSON.parse(output).Table.CreationDateTime).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    });
  });

  describe('aws-sdk:sfn', () => {
    beforeEach(async () => {
      fixture = await startFixture();
    });

    it('calls the service, in PascalCase and with dates as text', async () => {
      const stateMachineArn = await create(passThrough);

      const { output = '' } = await run(
        task('aws-sdk:sfn:startExecution', { StateMachineArn: stateMachineArn, Name: 'child', Input: { a: 1 } }),
      );

      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:child`;
      expect(JSON.parse(output)).toEqual({ ExecutionArn: executionArn, StartDate: '2026-01-01T00:00:00.000Z' });
      expect(await describeExecution(executionArn)).toMatchObject({ input: '{"a":1}' });
    });

    it('names errors as the SDK names its exceptions', async () => {
      const arn = 'arn:aws:states:us-east-1:000000000000:execution:none:none';

      expect(await run(task('aws-sdk:sfn:describeExecution', { ExecutionArn: arn }))).toMatchObject({
        error: 'Sfn.ExecutionDoesNotExistException',
        cause: expect.stringMatching(
          /^Execution Does Not Exist: '.*' \(Service: Sfn, Status Code: 400, Request ID: [\da-f-]{36}\) \(SDK Attempt Count: 1\)$/,
        ),
      });
    });
  });
});
