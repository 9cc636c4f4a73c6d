/** Proves that a restart loses no execution: each goes on from its journal, and what it had under way is done again. */
import {
  CreateActivityCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { RealClock } from '../../src/clock';
import type { StatusNotice } from '../../src/step-functions';
import { callback, createMachine, type Fixture, ROLE_ARN, startFixture, waiting, waitUntil } from './fixture';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await startFixture({ journals: true, clock: new RealClock() });
});

afterEach(() => fixture.close());

async function start(definition: object): Promise<string> {
  const stateMachineArn = await createMachine(fixture.client, definition);
  const { executionArn = '' } = await fixture.client.send(new StartExecutionCommand({ stateMachineArn }));
  return executionArn;
}

const describeExecution = (executionArn: string) => fixture.client.send(new DescribeExecutionCommand({ executionArn }));

async function eventTypes(executionArn: string): Promise<(string | undefined)[]> {
  const { events = [] } = await fixture.client.send(new GetExecutionHistoryCommand({ executionArn }));
  return events.map(({ type }) => type);
}

const ended = (executionArn: string) =>
  waitUntil(async () => {
    const described = await describeExecution(executionArn);
    return described.status === 'RUNNING' ? undefined : described;
  });

/** The token that the function `notify` was given, once it was. */
function tokenGiven(): Promise<string> {
  return waitUntil(() => {
    const payload = fixture.functions.invocations.at(-1)?.payload;
    return payload === undefined ? undefined : (JSON.parse(payload) as { taskToken: string }).taskToken;
  });
}

it('resumes an execution by the token that was given out before', async () => {
  fixture.functions.byName.set('notify', () => undefined);
  const executionArn = await start(callback());
  const taskToken = await tokenGiven();
  await waitUntil(async () => ((await eventTypes(executionArn)).includes('TaskSubmitted') ? true : undefined));

  await fixture.service.restart();
  await fixture.client.send(new SendTaskSuccessCommand({ taskToken, output: '"hello"' }));

  expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"hello"' });
  expect(fixture.functions.invocations).toHaveLength(1);
});

it('keeps a task of an activity with the worker that has it, and hands out once what is still queued', async () => {
  const { activityArn = '' } = await fixture.client.send(new CreateActivityCommand({ name: 'approve' }));
  const asks = { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: activityArn, End: true } } };
  const poll = () => fixture.client.send(new GetActivityTaskCommand({ activityArn }));
  const first = await start(asks);
  const taken = await poll();
  const second = await start(asks);

  await fixture.service.restart();
  const queued = await poll();
  expect(queued.taskToken).not.toBe(taken.taskToken);
  for (const { taskToken } of [taken, queued]) {
    await fixture.client.send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
  }

  for (const executionArn of [first, second]) {
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
    const types = await eventTypes(executionArn);
    expect(types.filter((type) => type?.startsWith('Activity'))).toEqual([
      'ActivityScheduled',
      'ActivityStarted',
      'ActivitySucceeded',
    ]);
  }
});

it('invokes a function once more that has not answered, with the same token, and hears its second answer only', async () => {
  const answers: ((value: unknown) => void)[] = [];
  fixture.functions.byName.set('slow', () => new Promise((resolve) => answers.push(resolve)));
  const executionArn = await start({
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'slow' },
        OutputPath: '$.Payload',
        End: true,
      },
    },
  });
  await waitUntil(() => answers[0]);

  await fixture.service.restart();
  answers[0]?.('first');
  const answerAgain = await waitUntil(() => answers[1]);
  answerAgain('second');

  expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"second"' });
  expect(await eventTypes(executionArn)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

it('goes on waiting for a nested execution, and starts no other', async () => {
  fixture.functions.byName.set('notify', () => undefined);
  const statuses: StatusNotice[] = [];
  fixture.service.events.on('status', (notice) => statuses.push(notice));
  const child = await fixture.service.call('CreateStateMachine', {
    name: 'child',
    roleArn: ROLE_ARN,
    definition: JSON.stringify(callback()),
  });
  const executionArn = await start({
    StartAt: 'Nested',
    States: {
      Nested: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Parameters: { StateMachineArn: child.stateMachineArn },
        OutputPath: '$.Output',
        End: true,
      },
    },
  });
  const taskToken = await tokenGiven();
  await waitUntil(async () => ((await eventTypes(executionArn)).includes('TaskSubmitted') ? true : undefined));

  await fixture.service.restart();
  await fixture.service.restart();
  await fixture.service.call('SendTaskSuccess', { taskToken, output: '"done"' });

  expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  expect(statuses.map(({ status }) => status).sort()).toEqual(['RUNNING', 'RUNNING', 'SUCCEEDED', 'SUCCEEDED']);
});

it('redrives an execution that had failed before', async () => {
  let isBroken = true;
  fixture.functions.byName.set('notify', () => {
    if (isBroken) {
      throw new Error('broken');
    }
  });
  const executionArn = await start(callback());
  expect(await ended(executionArn)).toMatchObject({ status: 'FAILED' });

  await fixture.service.restart();
  isBroken = false;
  await fixture.client.send(new RedriveExecutionCommand({ executionArn }));
  await fixture.service.restart();
  const taskToken = await tokenGiven();
  await fixture.client.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));

  expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
});

it('keeps no executions whose journals nobody asked for', async () => {
  const other = await startFixture();
  const { stateMachineArn } = await other.service.call('CreateStateMachine', {
    name: 'plain',
    roleArn: ROLE_ARN,
    definition: JSON.stringify(waiting(3600)),
  });
  await other.service.call('StartExecution', { stateMachineArn });

  await expect(other.service.restart()).rejects.toThrow(/no journal/);
  await other.close();
});
