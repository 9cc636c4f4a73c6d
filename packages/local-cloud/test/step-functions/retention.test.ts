/** Proves that no more ended executions are kept than were asked for, and that nothing else is forgotten. */
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { RealClock } from '../../src/clock';
import { createMachine, type Fixture, failure, passThrough, startFixture, waiting } from './fixture';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await startFixture({ retainedExecutions: 2, clock: new RealClock() });
});

afterEach(() => fixture.close());

/** Starts an execution; one that passes through has ended when the next call is answered. */
async function start(stateMachineArn: string, name: string, input = '{}'): Promise<string> {
  const { executionArn = '' } = await fixture.client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  return executionArn;
}

const describeExecution = (executionArn: string) => fixture.client.send(new DescribeExecutionCommand({ executionArn }));

async function names(stateMachineArn: string, maxResults = 100): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await fixture.client.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults, ...(nextToken === undefined ? {} : { nextToken }) }),
    );
    found.push(...(page.executions ?? []).map(({ name }) => name));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

it('forgets the execution that ended first, as if it had never been', async () => {
  const stateMachineArn = await createMachine(fixture.client, passThrough);
  const [first = ''] = [await start(stateMachineArn, 'a'), await start(stateMachineArn, 'b')];
  expect(await names(stateMachineArn)).toEqual(['b', 'a']);

  await start(stateMachineArn, 'c');

  expect(await names(stateMachineArn)).toEqual(['c', 'b']);
  expect(await failure(describeExecution(first))).toMatchObject({ name: 'ExecutionDoesNotExist' });
  await start(stateMachineArn, 'a', '{"other":"input"}');
  expect(await describeExecution(first)).toMatchObject({ status: 'SUCCEEDED', input: '{"other":"input"}' });
});

it('never forgets what still runs, however long ago it was started', async () => {
  const [stateMachineArn, passing] = [
    await createMachine(fixture.client, waiting(3600)),
    await createMachine(fixture.client, passThrough),
  ];
  const running = await start(stateMachineArn, 'running');

  for (const name of ['a', 'b', 'c', 'd']) {
    await start(passing, name);
  }

  expect(await describeExecution(running)).toMatchObject({ status: 'RUNNING' });
  expect(await names(stateMachineArn)).toEqual(['running']);
});

it('keeps an execution that is redriven until it has ended again', async () => {
  const [stateMachineArn, passing] = [
    await createMachine(fixture.client, waiting(3600)),
    await createMachine(fixture.client, passThrough),
  ];
  const executionArn = await start(stateMachineArn, 'stopped');
  await fixture.client.send(new StopExecutionCommand({ executionArn }));
  await fixture.client.send(new RedriveExecutionCommand({ executionArn }));

  for (const name of ['a', 'b', 'c']) {
    await start(passing, name);
  }
  expect(await describeExecution(executionArn)).toMatchObject({ status: 'RUNNING' });

  await fixture.client.send(new StopExecutionCommand({ executionArn }));
  expect(await names(passing)).toEqual(['c']);
  expect(await describeExecution(executionArn)).toMatchObject({ status: 'ABORTED' });
});

it('shows pages that do not shift while executions are forgotten', async () => {
  const [stateMachineArn, passing] = [
    await createMachine(fixture.client, waiting(3600)),
    await createMachine(fixture.client, passThrough),
  ];
  for (const name of ['a', 'b', 'c', 'd']) {
    await start(stateMachineArn, name);
  }
  const first = await fixture.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2 }));
  const [gone = ''] = [`${stateMachineArn.replace(':stateMachine:', ':execution:')}:b`];
  await fixture.client.send(new StopExecutionCommand({ executionArn: gone }));
  for (const name of ['x', 'y', 'z']) {
    await start(passing, name);
  }

  const { nextToken = '' } = first;
  const second = await fixture.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2, nextToken }));

  expect(first.executions?.map(({ name }) => name)).toEqual(['d', 'c']);
  expect(second.executions?.map(({ name }) => name)).toEqual(['a']);
});

it.each([0, -1, 1.5, Number.NaN])('refuses to keep %d', async (retainedExecutions) => {
  await expect(startFixture({ retainedExecutions })).rejects.toThrow('retainedExecutions');
});
