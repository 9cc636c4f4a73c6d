/**
 * Proves that the measured age is that of the oldest task somebody waits for: every way into a wait counts, every way
 * out of it ends it, and nothing secret is read or printed.
 */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { measureWaiting } from '../../src/tasks/measure-waiting';
import { oldestWaitingSince, waitingShard } from '../../src/tasks/waiting';
import { TASKS_TABLE, tokenOf, WorkflowWorld } from '../support/workflow-world';

let world: WorkflowWorld;
let printed: string[];

beforeEach(async () => {
  world = await WorkflowWorld.start();
  printed = [];
});
afterEach(() => world.stop());

const measure = async (): Promise<number> => {
  const { ageSeconds } = await measureWaiting({
    client: world.dynamo.client,
    tableName: TASKS_TABLE,
    clock: world.clock,
    namespace: 'Workflows',
    print: (line) => printed.push(line),
  });
  return ageSeconds;
};

const DAY = 86_400;

describe('the age of the oldest waiting task', () => {
  it('is 0 when nobody waits', async () => {
    expect(await measure()).toBe(0);
  });

  it('is that of the oldest, in whichever shard it is', async () => {
    for (let task = 0; task < 20; task++) {
      await world.waitingTask();
      world.clock.advanceSeconds(60);
    }

    expect(await measure()).toBe(20 * 60);
  });

  it('counts from the first record, not from the latest attempt', async () => {
    const id = await world.recordedTask();
    world.clock.advanceSeconds(30);
    await world.attempt(id);
    world.clock.advanceSeconds(30);
    await world.attempt(id, { attempt: 2 });

    expect(await measure()).toBe(60);
  });

  it.each([
    ['a success', (id: string, resumeToken: string) => world.put(id, { resumeToken, status: 'succeeded' })],
    ['a failure', (id: string, resumeToken: string) => world.put(id, { resumeToken, status: 'failed', error: 'E' })],
    ['settling', (id: string) => world.settle(id, 'States.Timeout')],
    ['the end of the execution', (id: string) => world.close(id, 'ABORTED')],
  ])('does not count a task that was ended by %s', async (_, end) => {
    const { id, resumeToken } = await world.waitingTask();
    world.clock.advanceSeconds(100);
    await world.waitingTask();
    world.clock.advanceSeconds(10);

    await end(id, resumeToken);

    expect(await measure()).toBe(10);
    expect(await world.record(id)).not.toHaveProperty('waitingShard');
    expect(await world.record(id)).not.toHaveProperty('waitingSince');
  });

  it('does not count a task whose first record is written after its execution has ended', async () => {
    await world.tasks.createIfAbsent({
      taskId: world.newTask(),
      executionArn: 'arn:x',
      status: 'ABORTED',
      expiresAt: 1_900_000_000,
    });
    world.clock.advanceSeconds(10);

    expect(await measure()).toBe(0);
  });

  it('counts a task that a redrive opens again, from the redrive on', async () => {
    const { id } = await world.waitingTask();
    await world.close(id, 'ABORTED');
    world.clock.advanceSeconds(DAY);
    expect(await measure()).toBe(0);

    await world.attempt(id, { redriveCount: 1 });
    world.clock.advanceSeconds(45);

    expect(await measure()).toBe(45);
  });

  it('does not count a redriven task that takes up a recorded outcome', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));
    await world.put(id, { resumeToken, status: 'succeeded' });
    await world.close(id, 'ABORTED');
    await world.attempt(id, { redriveCount: 1 });
    world.clock.advanceSeconds(10);

    expect(await measure()).toBe(0);
  });

  it('counts a task anew whose name an expired record had', async () => {
    const { id } = await world.waitingTask();
    world.clock.advanceSeconds(3600 + 92 * DAY);
    await world.attempt(id);
    world.clock.advanceSeconds(5);

    expect(await measure()).toBe(5);
  });

  it('passes over expired records, more than a page of them in one shard', async () => {
    const inShard = (shard: string): string => {
      for (;;) {
        const id = world.newTask();
        if (waitingShard(id) === shard) {
          return id;
        }
      }
    };
    for (let task = 0; task < 12; task++) {
      await world.attempt(inShard('3'));
    }
    world.clock.advanceSeconds(3600 + 92 * DAY);
    expect(await measure()).toBe(0);

    await world.attempt(inShard('3'));
    world.clock.advanceSeconds(7);

    expect(await measure()).toBe(7);
  });

  it('is never negative, when the clocks of two functions differ', async () => {
    await world.waitingTask();
    world.clock.advanceSeconds(-5);

    expect(await measure()).toBe(0);
  });
});

describe('what is printed', () => {
  it("is CloudWatch's embedded metric format, with the table as its dimension", async () => {
    await world.waitingTask();
    world.clock.advanceSeconds(90);
    await measure();

    expect(printed.map((line) => JSON.parse(line))).toEqual([
      {
        _aws: {
          Timestamp: Date.parse('2027-01-15T08:01:30.000Z'),
          CloudWatchMetrics: [
            {
              Namespace: 'Workflows',
              Dimensions: [['TableName']],
              Metrics: [{ Name: 'OldestWaitingTaskAge', Unit: 'Seconds' }],
            },
          ],
        },
        TableName: TASKS_TABLE,
        OldestWaitingTaskAge: 90,
      },
    ]);
  });

  it('holds no token, nor does the index', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await measure();

    expect(printed.join()).not.toContain(resumeToken);
    expect(printed.join()).not.toContain(tokenOf(id));
    expect(await oldestWaitingSince({ client: world.dynamo.client, tableName: TASKS_TABLE, clock: world.clock })).toBe(
      '2027-01-15T08:00:00.000Z',
    );
    const { Items } = await world.dynamo.client.send(new ScanCommand({ TableName: TASKS_TABLE, IndexName: 'waiting' }));
    expect(Object.keys(Items?.[0] ?? {}).sort()).toEqual(['expiresAt', 'taskId', 'waitingShard', 'waitingSince']);
  });
});
