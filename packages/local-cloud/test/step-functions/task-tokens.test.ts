import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { AutoAdvancingClock, RealClock } from '../../src/clock';
import type { RuntimeClock } from '../../src/contracts';
import { redactTaskTokens } from '../../src/step-functions';
import { TaskTokenMint } from '../../src/step-functions/task-tokens';
import { callback, type Fixture, failure, ROLE_ARN, START_MS, startFixture, waitUntil } from './fixture';

describe('task tokens over the wire', () => {
  let fixture: Fixture;
  let tokens: string[];
  const begin = async (clock: RuntimeClock) => {
    fixture = await startFixture({ clock });
    tokens = [];
    fixture.functions.byName.set('notify', (event) => {
      tokens.push((event as { taskToken: string }).taskToken);
    });
  };
  const startWaiting = async (more: object = {}): Promise<{ executionArn: string | undefined; taskToken: string }> => {
    const { stateMachineArn } = await fixture.client.send(
      new CreateStateMachineCommand({
        name: `callback-${JSON.stringify(more).replace(/\W/g, '-')}`,
        roleArn: ROLE_ARN,
        definition: JSON.stringify(callback(more)),
      }),
    );
    const before = tokens.length;
    const { executionArn } = await fixture.client.send(new StartExecutionCommand({ stateMachineArn }));
    return { executionArn, taskToken: await waitUntil(() => tokens[before]) };
  };
  const describeExecution = (executionArn: string | undefined) =>
    fixture.client.send(new DescribeExecutionCommand({ executionArn }));
  const succeed = (taskToken: string, output = '{}') =>
    fixture.client.send(new SendTaskSuccessCommand({ taskToken, output }));

  afterEach(() => fixture.close());

  describe('in real time', () => {
    beforeEach(() => begin(new RealClock()));

    it('resume the execution that waits for them with a result', async () => {
      const { executionArn, taskToken } = await startWaiting();

      await succeed(taskToken, '{"done":true}');

      expect(await describeExecution(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"done":true}' });
    });

    it('resume it with a failure', async () => {
      const { executionArn, taskToken } = await startWaiting();

      await fixture.client.send(
        new SendTaskFailureCommand({ taskToken, error: 'Refused', cause: 'by the other side' }),
      );

      expect(await describeExecution(executionArn)).toMatchObject({
        status: 'FAILED',
        error: 'Refused',
        cause: 'by the other side',
      });
    });

    it('are not mixed up between two executions', async () => {
      const one = await startWaiting();
      const two = await startWaiting();

      await succeed(two.taskToken, '2');
      await succeed(one.taskToken, '1');

      expect(await describeExecution(one.executionArn)).toMatchObject({ output: '1' });
      expect(await describeExecution(two.executionArn)).toMatchObject({ output: '2' });
    });

    it('are over, not unknown, once used', async () => {
      const { taskToken } = await startWaiting();
      await succeed(taskToken);

      for (const late of [
        succeed(taskToken),
        fixture.client.send(new SendTaskFailureCommand({ taskToken })),
        fixture.client.send(new SendTaskHeartbeatCommand({ taskToken })),
      ]) {
        const error = await failure(late);
        expect(error).toMatchObject({ name: 'TaskTimedOut', status: 400 });
        expect(error.message).not.toContain(taskToken);
      }
    });

    it('are over once the execution was stopped', async () => {
      const { executionArn, taskToken } = await startWaiting();
      await fixture.client.send(new StopExecutionCommand({ executionArn }));

      expect(await failure(succeed(taskToken))).toMatchObject({ name: 'TaskTimedOut' });
    });

    it('let one of two simultaneous results win', async () => {
      const { executionArn, taskToken } = await startWaiting();

      const results = await Promise.allSettled([succeed(taskToken, '1'), succeed(taskToken, '2')]);

      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      const winner = results.findIndex((result) => result.status === 'fulfilled') + 1;
      expect(await describeExecution(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: `${winner}` });
    });

    it.each([
      ['no token', 'not-a-token'],
      ['a cut token', new TaskTokenMint().mint().slice(0, -1)],
      ['an altered token', new TaskTokenMint().mint().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ])('refuse %s as malformed', async (_, taskToken) => {
      expect(await failure(succeed(taskToken))).toEqual({
        name: 'InvalidToken',
        message: "Invalid Token: 'Invalid token'",
        status: 400,
      });
    });

    it('tell a token of another service from a malformed one', async () => {
      expect(await failure(succeed(new TaskTokenMint().mint()))).toMatchObject({ name: 'TaskDoesNotExist' });
    });

    it('refuse an output that is not JSON, and go on waiting', async () => {
      const { executionArn, taskToken } = await startWaiting();

      expect(await failure(succeed(taskToken, 'oops'))).toMatchObject({
        name: 'InvalidOutput',
        message: expect.stringContaining("Unrecognized token 'oops'"),
      });
      expect(await describeExecution(executionArn)).toMatchObject({ status: 'RUNNING' });
    });

    it('refuse an output of more than 256 KiB, and go on waiting', async () => {
      const { executionArn, taskToken } = await startWaiting();

      expect(await failure(succeed(taskToken, JSON.stringify('x'.repeat(262_143))))).toMatchObject({
        name: 'ValidationException',
      });
      expect(await describeExecution(executionArn)).toMatchObject({ status: 'RUNNING' });
    });
  });

  describe('in virtual time', () => {
    beforeEach(() => begin(new AutoAdvancingClock({ startMs: START_MS })));

    it('are over when their task has timed out', async () => {
      const { executionArn, taskToken } = await startWaiting({ TimeoutSeconds: 31_536_000 });
      await waitUntil(async () => ((await describeExecution(executionArn)).status === 'FAILED' ? true : undefined));

      expect(await describeExecution(executionArn)).toMatchObject({ error: 'States.Timeout' });
      expect(await failure(succeed(taskToken))).toMatchObject({ name: 'TaskTimedOut' });
    });
  });
});

describe('redactTaskTokens', () => {
  it('hides every token in a text, and nothing else', () => {
    const mint = new TaskTokenMint();
    const text = `{"taskToken":"${mint.mint()}","again":"${mint.mint()}","other":"V0ZUshort"}`;

    expect(redactTaskTokens(text)).toBe('{"taskToken":"<task token>","again":"<task token>","other":"V0ZUshort"}');
  });
});
