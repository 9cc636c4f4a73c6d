import {
  CreateActivityCommand,
  DeleteActivityCommand,
  DescribeActivityCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListTagsForResourceCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sfn';
import { AutoAdvancingClock, RealClock } from '../../src/clock';
import { createMachine, type Fixture, failure, startFixture, waitUntil } from './fixture';

const ARN = 'arn:aws:states:us-east-1:000000000000:activity:approve';
const activityTask = (more: object = {}) => ({
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: ARN, End: true, ...more } },
});

describe('activities over the wire', () => {
  let fixture: Fixture;
  const begin = async (options: Parameters<typeof startFixture>[0] = {}) => {
    fixture = await startFixture({ clock: new RealClock(), activityPollMs: 300, ...options });
    await fixture.client.send(new CreateActivityCommand({ name: 'approve' }));
  };
  const poll = (workerName?: string, options = {}) =>
    fixture.client.send(new GetActivityTaskCommand({ activityArn: ARN, workerName }), options);
  const startMachine = async (more: object = {}, input = '{"n":1}') => {
    const stateMachineArn = await createMachine(fixture.client, activityTask(more));
    const { executionArn } = await fixture.client.send(new StartExecutionCommand({ stateMachineArn, input }));
    return executionArn;
  };
  const describeExecution = (executionArn: string | undefined) =>
    fixture.client.send(new DescribeExecutionCommand({ executionArn }));
  const eventsOf = async (executionArn: string | undefined) =>
    (await fixture.client.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? [];
  const ended = (executionArn: string | undefined) =>
    waitUntil(async () => {
      const described = await describeExecution(executionArn);
      return described.status === 'RUNNING' ? undefined : described;
    });

  afterEach(() => fixture.close());

  describe('as resources', () => {
    beforeEach(() => begin());

    it('are created once, whatever tags the repetition names', async () => {
      const first = await fixture.client.send(new CreateActivityCommand({ name: 'sign' }));
      const again = await fixture.client.send(
        new CreateActivityCommand({ name: 'sign', tags: [{ key: 'late', value: 'yes' }] }),
      );

      expect(again).toMatchObject({ activityArn: first.activityArn, creationDate: first.creationDate });
      const { tags } = await fixture.client.send(new ListTagsForResourceCommand({ resourceArn: first.activityArn }));
      expect(tags).toEqual([]);
    });

    it('cannot be created with another encryption', async () => {
      const call = fixture.client.send(
        new CreateActivityCommand({
          name: 'approve',
          encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'alias/key' },
        }),
      );
      expect(await failure(call)).toMatchObject({
        name: 'ActivityAlreadyExists',
        message: `Activity Already Exists: '${ARN}'`,
      });
    });

    it('are described, and listed page by page', async () => {
      await fixture.client.send(new CreateActivityCommand({ name: 'a' }));

      expect(await fixture.client.send(new DescribeActivityCommand({ activityArn: ARN }))).toMatchObject({
        activityArn: ARN,
        name: 'approve',
        creationDate: expect.any(Date),
      });
      const first = await fixture.client.send(new ListActivitiesCommand({ maxResults: 1 }));
      const second = await fixture.client.send(new ListActivitiesCommand({ nextToken: first.nextToken }));
      expect([first, second].map(({ activities }) => activities?.map(({ name }) => name))).toEqual([
        ['a'],
        ['approve'],
      ]);
      expect(second.nextToken).toBeUndefined();
    });

    it('have tags', async () => {
      await fixture.client.send(new TagResourceCommand({ resourceArn: ARN, tags: [{ key: 'team', value: 'one' }] }));
      const { tags } = await fixture.client.send(new ListTagsForResourceCommand({ resourceArn: ARN }));
      expect(tags).toEqual([{ key: 'team', value: 'one' }]);

      await fixture.client.send(new UntagResourceCommand({ resourceArn: ARN, tagKeys: ['team'] }));
      expect((await fixture.client.send(new ListTagsForResourceCommand({ resourceArn: ARN }))).tags).toEqual([]);
    });

    it('are deleted, as often as one likes, and are then unknown', async () => {
      await fixture.client.send(new DeleteActivityCommand({ activityArn: ARN }));
      await fixture.client.send(new DeleteActivityCommand({ activityArn: ARN }));

      const unknown = { name: 'ActivityDoesNotExist', message: `Activity Does Not Exist: '${ARN}'`, status: 400 };
      expect(await failure(fixture.client.send(new DescribeActivityCommand({ activityArn: ARN })))).toEqual(unknown);
      expect(await failure(poll())).toEqual(unknown);
    });

    it('refuse names and ARNs that are none of theirs', async () => {
      expect(await failure(fixture.client.send(new CreateActivityCommand({ name: 'Invalid Name$' })))).toMatchObject({
        name: 'InvalidName',
        message: "Invalid Name: 'Invalid Name$'",
      });
      const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:approve';
      for (const activityArn of ['approve', machine, ARN.slice(0, -'approve'.length), `${ARN}:1`]) {
        for (const command of [DescribeActivityCommand, DeleteActivityCommand, GetActivityTaskCommand]) {
          expect(
            await failure(fixture.client.send(new command({ activityArn }) as DescribeActivityCommand)),
          ).toMatchObject({ name: 'InvalidArn' });
        }
      }
    });
  });

  describe('their tasks', () => {
    beforeEach(() => begin());

    it('go to a worker, whose answer is the result', async () => {
      const executionArn = await startMachine();
      const { input, taskToken } = await poll('worker-1');
      expect(input).toBe('{"n":1}');

      await fixture.client.send(new SendTaskSuccessCommand({ taskToken, output: '{"ok":true}' }));

      expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":true}' });
      expect((await eventsOf(executionArn)).slice(2, 5)).toMatchObject([
        { type: 'ActivityScheduled', activityScheduledEventDetails: { resource: ARN, input: '{"n":1}' } },
        { type: 'ActivityStarted', activityStartedEventDetails: { workerName: 'worker-1' } },
        { type: 'ActivitySucceeded', activitySucceededEventDetails: { output: '{"ok":true}' } },
      ]);
    });

    it('get the arguments of the state', async () => {
      await startMachine({ Parameters: { 'value.$': '$.n', fixed: 'x' } });
      expect(JSON.parse((await poll()).input ?? '')).toEqual({ value: 1, fixed: 'x' });
    });

    it('fail as the worker says', async () => {
      const executionArn = await startMachine();
      const { taskToken } = await poll();

      await fixture.client.send(new SendTaskFailureCommand({ taskToken, error: 'Refused', cause: 'by hand' }));

      expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'by hand' });
      expect((await eventsOf(executionArn)).at(-2)).toMatchObject({
        type: 'ActivityFailed',
        activityFailedEventDetails: { error: 'Refused', cause: 'by hand' },
      });
    });

    it('wait for their workers in the order in which they came, each for one', async () => {
      await startMachine({}, '1');
      await startMachine({}, '2');
      await startMachine({}, '3');

      const first = await poll();
      const others = await Promise.all([poll(), poll()]);

      expect(first.input).toBe('1');
      expect(others.map(({ input }) => input)).toEqual(['2', '3']);
      expect(await poll()).not.toHaveProperty('taskToken', expect.any(String));
    });

    it('reach workers that wait already', async () => {
      const waiting = poll('early');
      await startMachine();
      expect(await waiting).toMatchObject({ taskToken: expect.any(String), input: '{"n":1}' });
    });

    it('come from the children of a distributed Map, too', async () => {
      const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
      const Each = { Type: 'Map', ItemProcessor: { ProcessorConfig, ...activityTask() }, End: true };
      const stateMachineArn = await createMachine(fixture.client, { StartAt: 'Each', States: { Each } });
      const { executionArn } = await fixture.client.send(
        new StartExecutionCommand({ stateMachineArn, input: '["a","b"]' }),
      );
      for (const _ of [1, 2]) {
        const { input = '', taskToken } = await poll();
        await fixture.client.send(new SendTaskSuccessCommand({ taskToken, output: input.toUpperCase() }));
      }
      expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '["A","B"]' });
    });

    it('are not lost to a worker that hung up', async () => {
      const hangUp = new AbortController();
      const gone = poll('gone', { abortSignal: hangUp.signal });
      await new Promise((resolve) => setTimeout(resolve, 50));
      hangUp.abort();
      await expect(gone).rejects.toThrow();
      await new Promise((resolve) => setTimeout(resolve, 50));

      const executionArn = await startMachine();
      expect((await poll('here')).input).toBe('{"n":1}');
      expect((await eventsOf(executionArn)).at(-1)).toMatchObject({
        activityStartedEventDetails: { workerName: 'here' },
      });
    });

    it('fail when the activity was deleted, before anything is scheduled', async () => {
      await fixture.client.send(new DeleteActivityCommand({ activityArn: ARN }));
      const executionArn = await startMachine();

      expect(await ended(executionArn)).toMatchObject({
        error: 'States.Runtime',
        cause: `An error occurred while executing the state 'Ask' (entered at the event id #2). The activity ${ARN} does not exist.`,
      });
      expect(await eventsOf(executionArn)).toHaveLength(3);
    });

    it('are withdrawn when their execution is stopped, and scheduled anew when it is redriven', async () => {
      const executionArn = await startMachine();
      await fixture.client.send(new StopExecutionCommand({ executionArn }));
      expect(await poll()).not.toHaveProperty('taskToken', expect.any(String));

      await fixture.client.send(new RedriveExecutionCommand({ executionArn }));
      const { taskToken } = await poll();
      await fixture.client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
      expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '1', redriveCount: 1 });
    });

    it('of tokens that are answered or stopped have timed out', async () => {
      const executionArn = await startMachine();
      const { taskToken } = await poll();
      await fixture.client.send(new StopExecutionCommand({ executionArn }));

      expect(await failure(fixture.client.send(new SendTaskHeartbeatCommand({ taskToken })))).toMatchObject({
        name: 'TaskTimedOut',
      });
    });
  });

  describe('in virtual time', () => {
    let clock: AutoAdvancingClock;
    beforeEach(() => {
      clock = new AutoAdvancingClock({ startMs: 0, idleMs: 50 });
      return begin({ clock });
    });

    it('time out from their scheduling when no worker comes', async () => {
      const executionArn = await startMachine({ TimeoutSeconds: 3600 });
      await clock.sleep(3_601_000);

      expect(await describeExecution(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
      expect((await eventsOf(executionArn)).map(({ type }) => type).slice(2, 4)).toEqual([
        'ActivityScheduled',
        'ActivityTimedOut',
      ]);
    });

    it('time out without heartbeats once a worker has them', async () => {
      const executionArn = await startMachine({
        HeartbeatSeconds: 30,
        Retry: [{ ErrorEquals: ['States.HeartbeatTimeout'], MaxAttempts: 1 }],
      });
      const first = await poll();
      const second = await waitUntil(async () => {
        const task = await poll();
        return task.taskToken == null ? undefined : task;
      });
      expect(second.taskToken).not.toBe(first.taskToken);
      await fixture.client.send(new SendTaskSuccessCommand({ taskToken: second.taskToken, output: '{}' }));
      expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    });

    it('do not stop time while a worker waits for them, nor make it pass', async () => {
      const before = clock.now();
      expect(await poll()).not.toHaveProperty('taskToken', expect.any(String));
      expect(clock.now()).toBe(before);

      const waiting = poll();
      let slept = false;
      void clock.sleep(24 * 3600 * 1000).then(() => {
        slept = true;
      });
      await waiting;
      expect(slept).toBe(true);
    });
  });

  it('are answered when the service closes', async () => {
    await begin({ activityPollMs: 60_000 });
    const open = fixture.service.call('GetActivityTask', { activityArn: ARN });
    await fixture.service.close();
    expect(await open).toEqual({ taskToken: null, input: null });
  });
});
