import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { RealClock } from '../../src/clock';
import { type Fixture, failure, passThrough, ROLE_ARN, startFixture, waiting } from './fixture';

const YEAR_SECONDS = 365 * 24 * 3600;

describe('executions over the wire', () => {
  let fixture: Fixture;
  let machines = 0;
  const create = async (definition: object, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Promise<string> => {
    machines++;
    const { stateMachineArn = '' } = await fixture.client.send(
      new CreateStateMachineCommand({
        name: `machine-${machines}`,
        roleArn: ROLE_ARN,
        type,
        definition: JSON.stringify(definition),
      }),
    );
    return stateMachineArn;
  };
  const start = (stateMachineArn: string, input?: string, name?: string) =>
    fixture.client.send(
      new StartExecutionCommand({
        stateMachineArn,
        ...(input === undefined ? {} : { input }),
        ...(name === undefined ? {} : { name }),
      }),
    );
  const describeExecution = (executionArn?: string) =>
    fixture.client.send(new DescribeExecutionCommand({ executionArn }));

  beforeAll(async () => {
    fixture = await startFixture({ clock: new RealClock() });
  });
  afterAll(() => fixture.close());

  describe('StartExecution', () => {
    it('runs the state machine and describes what came of it', async () => {
      const stateMachineArn = await create({
        StartAt: 'A',
        States: { A: { Type: 'Pass', Result: { answer: 42 }, End: true } },
      });

      const { executionArn, startDate } = await start(stateMachineArn, '{"question":true}', 'first');

      expect(executionArn).toBe(`${stateMachineArn.replace(':stateMachine:', ':execution:')}:first`);
      expect(await describeExecution(executionArn)).toMatchObject({
        executionArn,
        stateMachineArn,
        name: 'first',
        status: 'SUCCEEDED',
        input: '{"question":true}',
        inputDetails: { included: true },
        output: '{"answer":42}',
        outputDetails: { included: true },
        redriveCount: 0,
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        startDate,
        stopDate: expect.any(Date),
      });
    });

    it('answers a repeated start of a running execution with equal input as it answered the first', async () => {
      const stateMachineArn = await create(waiting(YEAR_SECONDS));
      const first = await start(stateMachineArn, '{"a":1,"b":[2]}', 'same');

      const again = await start(stateMachineArn, '{"b":[2], "a":1}', 'same');

      expect(again.executionArn).toBe(first.executionArn);
      expect(again.startDate).toEqual(first.startDate);
    });

    it('refuses a repeated start of a running execution with other input', async () => {
      const stateMachineArn = await create(waiting(YEAR_SECONDS));
      const { executionArn } = await start(stateMachineArn, '{"a":1}', 'other');

      expect(await failure(start(stateMachineArn, '{"a":2}', 'other'))).toEqual({
        name: 'ExecutionAlreadyExists',
        message: `Execution Already Exists: '${executionArn}'`,
        status: 400,
      });
    });

    it('refuses the name of an execution that has ended, even with equal input', async () => {
      const stateMachineArn = await create(passThrough);
      const { executionArn } = await start(stateMachineArn, '{}', 'over');
      await describeExecution(executionArn);

      expect(await failure(start(stateMachineArn, '{}', 'over'))).toMatchObject({ name: 'ExecutionAlreadyExists' });
    });

    it('makes one execution of 50 simultaneous equal starts', async () => {
      const stateMachineArn = await create(waiting(YEAR_SECONDS));

      const all = await Promise.all(Array.from({ length: 50 }, () => start(stateMachineArn, '{"x":1}', 'once')));

      expect(new Set(all.map((one) => one.executionArn)).size).toBe(1);
      const { executions } = await fixture.client.send(new ListExecutionsCommand({ stateMachineArn }));
      expect(executions).toHaveLength(1);
    });

    it.each([
      ['null', 'null'],
      ['a number', '0'],
      ['a string', '"text"'],
    ])('takes %s for input', async (_, input) => {
      const { executionArn } = await start(await create(passThrough), input);

      expect(await describeExecution(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: input });
    });

    it.each([
      ['', 'Invalid execution input.'],
      [
        'not json',
        "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      ],
      ["{'a': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"],
      ['{"a":', 'Unexpected end-of-input: expected close marker for Object'],
    ])('refuses the input %j in the words of AWS', async (input, words) => {
      expect(await failure(start(await create(passThrough), input))).toEqual({
        name: 'InvalidExecutionInput',
        message: `Invalid State Machine Execution Input: '${words}'`,
        status: 400,
      });
    });

    it('refuses an input of more than 256 KiB without repeating it', async () => {
      const input = JSON.stringify('é'.repeat(131_072));

      expect(await failure(start(await create(passThrough), input))).toEqual({
        name: 'ValidationException',
        message:
          "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
        status: 400,
      });
    });

    it.each(['with space', 'a/b', 'a*', 'tab\tbed', 'bell\u0007', 'semi;colon'])(
      'refuses the name %j',
      async (name) => {
        expect(await failure(start(await create(passThrough), '{}', name))).toEqual({
          name: 'InvalidName',
          message: `Invalid Name: '${name}'`,
          status: 400,
        });
      },
    );

    it('accepts punctuation and letters of any language in a name', async () => {
      const name = "pünktchen-und.anton_(1)+=@!'";

      const { executionArn } = await start(await create(passThrough), '{}', name);

      expect(await describeExecution(executionArn)).toMatchObject({ name, status: 'SUCCEEDED' });
    });

    it('refuses a name of 81 characters', async () => {
      const name = 'n'.repeat(81);

      expect(await failure(start(await create(passThrough), '{}', name))).toMatchObject({
        name: 'ValidationException',
        message: `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 80`,
      });
    });

    it('does not find a deleted state machine', async () => {
      const stateMachineArn = await create(passThrough);
      await fixture.client.send(new DeleteStateMachineCommand({ stateMachineArn }));

      expect(await failure(start(stateMachineArn))).toEqual({
        name: 'StateMachineDoesNotExist',
        message: `State Machine Does Not Exist: '${stateMachineArn}'`,
        status: 400,
      });
    });
  });

  describe('StopExecution', () => {
    it('aborts a running execution, with the error and cause given', async () => {
      const { executionArn } = await start(await create(waiting(YEAR_SECONDS)));

      const { stopDate } = await fixture.client.send(
        new StopExecutionCommand({ executionArn, error: 'Halted', cause: 'by hand' }),
      );

      expect(await describeExecution(executionArn)).toMatchObject({
        status: 'ABORTED',
        error: 'Halted',
        cause: 'by hand',
        stopDate,
        redriveStatus: 'REDRIVABLE',
      });
    });

    it('leaves the history of a stop without details as AWS leaves it', async () => {
      const { executionArn } = await start(await create(waiting(YEAR_SECONDS)));
      await fixture.client.send(new StopExecutionCommand({ executionArn }));

      const { events = [] } = await fixture.client.send(new GetExecutionHistoryCommand({ executionArn }));

      expect(events.map(({ type, id, previousEventId }) => [type, id, previousEventId])).toEqual([
        ['ExecutionStarted', 1, 0],
        ['WaitStateEntered', 2, 0],
        ['ExecutionAborted', 3, 0],
      ]);
      expect(events[2]?.executionAbortedEventDetails).toEqual({});
    });
  });

  describe('asking for what is not there', () => {
    const nowhere = 'arn:aws:states:us-east-1:000000000000:execution:none:none';

    it.each([
      ['DescribeExecution', () => describeExecution('not_an_arn')],
      [
        'GetExecutionHistory',
        () => fixture.client.send(new GetExecutionHistoryCommand({ executionArn: 'not_an_arn' })),
      ],
      ['ListExecutions', () => fixture.client.send(new ListExecutionsCommand({ stateMachineArn: 'not_an_arn' }))],
      ['StopExecution', () => fixture.client.send(new StopExecutionCommand({ executionArn: 'not_an_arn' }))],
    ])('%s refuses what is no ARN', async (_, call) => {
      expect(await failure(call())).toEqual({
        name: 'InvalidArn',
        message: "Invalid Arn: 'Invalid ARN prefix: not_an_arn'",
        status: 400,
      });
    });

    it.each([
      ['DescribeExecution', () => describeExecution(nowhere)],
      ['GetExecutionHistory', () => fixture.client.send(new GetExecutionHistoryCommand({ executionArn: nowhere }))],
      ['RedriveExecution', () => fixture.client.send(new RedriveExecutionCommand({ executionArn: nowhere }))],
    ])('%s says that the execution does not exist', async (_, call) => {
      expect(await failure(call())).toEqual({
        name: 'ExecutionDoesNotExist',
        message: `Execution Does Not Exist: '${nowhere}'`,
        status: 400,
      });
    });
  });

  describe('GetExecutionHistory', () => {
    it('pages through the events in both directions', async () => {
      const { executionArn } = await start(await create(passThrough));
      const idsOf = async (reverseOrder: boolean): Promise<(number | undefined)[][]> => {
        const pages: (number | undefined)[][] = [];
        let nextToken: string | undefined;
        do {
          const page = await fixture.client.send(
            new GetExecutionHistoryCommand({ executionArn, reverseOrder, maxResults: 3, nextToken }),
          );
          pages.push((page.events ?? []).map((event) => event.id));
          nextToken = page.nextToken;
        } while (nextToken !== undefined);
        return pages;
      };

      expect(await idsOf(false)).toEqual([[1, 2, 3], [4]]);
      expect(await idsOf(true)).toEqual([[4, 3, 2], [1]]);
    });

    it('leaves data out when asked to', async () => {
      const { executionArn } = await start(await create(passThrough), '{"secret":1}');

      const history = await fixture.client.send(
        new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
      );

      expect(JSON.stringify(history.events)).not.toContain('secret');
      expect(history.events?.[1]?.stateEnteredEventDetails?.name).toBe('State_1');
    });

    it('refuses a token of another list', async () => {
      const { executionArn } = await start(await create(passThrough));
      const { nextToken } = await fixture.client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1 }));

      for (const token of ['nonsense', nextToken]) {
        const call = fixture.client.send(
          new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, nextToken: token }),
        );
        expect(await failure(call)).toMatchObject({ name: 'InvalidToken' });
      }
    });
  });

  describe('ListExecutions', () => {
    it('pages from the newest to the oldest, while new ones are started', async () => {
      const stateMachineArn = await create(passThrough);
      for (let index = 0; index < 5; index++) {
        await start(stateMachineArn, '{}', `e${index}`);
      }
      const first = await fixture.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 3 }));
      await start(stateMachineArn, '{}', 'late');

      const second = await fixture.client.send(
        new ListExecutionsCommand({ stateMachineArn, maxResults: 3, nextToken: first.nextToken }),
      );

      expect(first.executions?.map((one) => one.name)).toEqual(['e4', 'e3', 'e2']);
      expect(second.executions?.map((one) => one.name)).toEqual(['e1', 'e0']);
      expect(second.nextToken).toBeUndefined();
    });

    it('filters by status', async () => {
      const stateMachineArn = await create({
        StartAt: 'Fail?',
        States: {
          'Fail?': {
            Type: 'Choice',
            Choices: [{ Variable: '$.fail', BooleanEquals: true, Next: 'No' }],
            Default: 'Yes',
          },
          No: { Type: 'Fail', Error: 'Asked' },
          Yes: { Type: 'Succeed' },
        },
      });
      await start(stateMachineArn, '{"fail":true}', 'bad');
      await start(stateMachineArn, '{"fail":false}', 'good');

      const { executions } = await fixture.client.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }),
      );

      expect(executions?.map((one) => one.name)).toEqual(['bad']);
    });

    it('refuses page sizes above 1000 and tokens above 3096 characters', async () => {
      const stateMachineArn = await create(passThrough);

      expect(
        await failure(fixture.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1001 }))),
      ).toMatchObject({
        name: 'ValidationException',
        message:
          "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
      });
      const nextToken = 'x'.repeat(3097);
      expect(
        await failure(fixture.client.send(new ListExecutionsCommand({ stateMachineArn, nextToken }))),
      ).toMatchObject({
        name: 'ValidationException',
        message: `1 validation error detected: Value '${nextToken}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 3096`,
      });
    });
  });

  it('describes the state machine as it was when the execution started', async () => {
    const stateMachineArn = await create(passThrough);
    const { executionArn } = await start(stateMachineArn);

    const described = await fixture.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));

    expect(described).toMatchObject({ stateMachineArn, roleArn: ROLE_ARN, definition: JSON.stringify(passThrough) });
  });

  it('redrives a failed execution once per client token', async () => {
    fixture.functions.byName.set('flaky', () => {
      throw new Error('not yet');
    });
    const { executionArn } = await start(
      await create({
        StartAt: 'Call',
        States: {
          Call: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: 'flaky' },
            OutputPath: '$.Payload',
            End: true,
          },
        },
      }),
    );
    expect(await describeExecution(executionArn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
    fixture.functions.byName.set('flaky', () => 'now');

    const first = await fixture.client.send(new RedriveExecutionCommand({ executionArn, clientToken: 'one' }));
    const again = await fixture.client.send(new RedriveExecutionCommand({ executionArn, clientToken: 'one' }));

    expect(again.redriveDate).toEqual(first.redriveDate);
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      output: '"now"',
    });
    expect(await failure(fixture.client.send(new RedriveExecutionCommand({ executionArn })))).toMatchObject({
      name: 'ExecutionNotRedrivable',
      message: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  describe('EXPRESS state machines', () => {
    it.each([
      ['with the result, after they have waited', 200, { status: 'SUCCEEDED', output: '{"a":1}' }, 200_000],
      ['when their five minutes are over', 3600, { status: 'TIMED_OUT' }, 300_000],
    ])('answer StartSyncExecution %s', async (_, seconds, outcome, billedMs) => {
      const { client, close } = await startFixture();
      const { stateMachineArn } = await client.send(
        new CreateStateMachineCommand({
          name: 'slow',
          roleArn: ROLE_ARN,
          type: 'EXPRESS',
          definition: JSON.stringify(waiting(seconds)),
        }),
      );

      const result = await client.send(new StartSyncExecutionCommand({ stateMachineArn, input: '{"a":1}' }));
      await close();

      expect(result).toMatchObject({ ...outcome, stateMachineArn });
      expect(result.billingDetails?.billedDurationInMilliseconds).toBe(billedMs);
    });

    it('answer a failure as a status, not as an error', async () => {
      const stateMachineArn = await create(
        { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Asked', Cause: 'to fail' } } },
        'EXPRESS',
      );

      const result = await fixture.client.send(new StartSyncExecutionCommand({ stateMachineArn }));

      expect(result).toMatchObject({ status: 'FAILED', error: 'Asked', cause: 'to fail' });
    });

    it('start as often as they are asked to, and cannot be asked about', async () => {
      const stateMachineArn = await create(passThrough, 'EXPRESS');
      const one = await start(stateMachineArn, '{}', 'name');
      const two = await start(stateMachineArn, '{}', 'name');

      expect(one.executionArn).toMatch(/:express:machine-\d+:name:[\da-f-]{36}$/);
      expect(two.executionArn).not.toBe(one.executionArn);
      expect(await failure(describeExecution(one.executionArn))).toMatchObject({ name: 'InvalidArn' });
      expect(await failure(fixture.client.send(new ListExecutionsCommand({ stateMachineArn })))).toMatchObject({
        name: 'StateMachineTypeNotSupported',
      });
    });

    it('alone may be started synchronously', async () => {
      const stateMachineArn = await create(passThrough);

      expect(await failure(fixture.client.send(new StartSyncExecutionCommand({ stateMachineArn })))).toMatchObject({
        name: 'StateMachineTypeNotSupported',
      });
    });
  });
});
