/**
 * Proves how a task ends without a callback, and that a recorded callback wins over every other end: settling in the
 * error path, closing by an execution's end, and opening again by a redrive.
 */
import { useWorld } from '../support/use-world';
import { tokenOf, WorkflowWorld } from '../support/workflow-world';

let world: WorkflowWorld;

useWorld(WorkflowWorld, (fresh) => {
  world = fresh;
});

const status = async (id: string) => (await world.get(id)).body.status;

/** A task whose callback was accepted when nobody waited under its task token any more. */
async function undeliveredOutcome(callback: object) {
  const { id, resumeToken } = await world.waitingTask();
  world.sfn.timeOut(tokenOf(id));
  await world.put(id, { resumeToken, ...callback });
  return { id, resumeToken };
}

describe('settling', () => {
  it.each([
    ['States.Timeout', 'TIMED_OUT'],
    ['States.HeartbeatTimeout', 'TIMED_OUT'],
    ['ExternalServiceRejected', 'FAILED'],
    ['Sandbox.Timedout', 'FAILED'],
  ])('closes a pending task after %s as %s, and late callbacks are 410', async (error, closed) => {
    const { id, resumeToken } = await world.waitingTask();

    expect(await world.settle(id, error, 'why')).toEqual({ status: 'failed', error, cause: 'why' });
    expect((await world.get(id)).body).toMatchObject({ status: closed, error, cause: 'why' });
    expect(await world.put(id, { resumeToken, status: 'succeeded' })).toMatchObject({ status: 410 });
    expect(await world.heartbeat(id, { resumeToken })).toMatchObject({ status: 410 });
  });

  it('says why a wait ended where Step Functions gives no cause', async () => {
    const { id } = await world.waitingTask();

    expect(await world.settle(id, 'States.Timeout')).toMatchObject({
      cause: 'The external service did not call back in time.',
    });
  });

  it('shows the message of a Lambda error, not its stack', async () => {
    const { id } = await world.waitingTask();
    const cause = JSON.stringify({ errorType: 'E', errorMessage: 'It answered 422.', trace: ['at /var/task'] });

    expect(await world.settle(id, 'ExternalServiceRejected', cause)).toMatchObject({ cause: 'It answered 422.' });
  });

  it('hands over a recorded success, whatever error it was called for', async () => {
    const { id, resumeToken } = await undeliveredOutcome({ status: 'succeeded', data: [1] });

    expect(await world.settle(id, 'States.Timeout')).toEqual({
      status: 'succeeded',
      output: { status: 'succeeded', data: [1] },
    });
    expect(await status(id)).toBe('SUCCEEDED');
    expect(await world.put(id, { resumeToken, status: 'succeeded', data: [1] })).toMatchObject({ status: 200 });
  });

  it('hands over a recorded failure with its own error', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.put(id, { resumeToken, status: 'failed', error: 'NoStock', cause: 'Sold out' });

    expect(await world.settle(id, 'NoStock', 'Sold out')).toEqual({
      status: 'failed',
      error: 'NoStock',
      cause: 'Sold out',
    });
  });

  it('gives the same answer when it is repeated', async () => {
    const { id } = await world.waitingTask();
    world.dynamo.faults.fail('UpdateItem', 'lose-answer');
    const first = await world.settle(id, 'States.Timeout', 'late');

    expect(await world.settle(id, 'States.Timeout', 'late')).toEqual(first);
  });

  it('closes a task whose external step never got to run', async () => {
    const id = world.newTask();

    expect(await world.settle(id, 'Lambda.TooManyRequestsException')).toMatchObject({ status: 'failed' });
    expect((await world.get(id)).body).toMatchObject({ status: 'FAILED', attempt: 0 });
  });

  it('lets one of a callback and a settlement that race win, everywhere', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));

    const [put, settled] = await Promise.all([
      world.put(id, { resumeToken, status: 'succeeded', data: 1 }),
      world.settle(id, 'States.Timeout'),
    ]);

    expect([put.status, settled.status]).toEqual(put.status === 200 ? [200, 'succeeded'] : [410, 'failed']);
    expect(await status(id)).toBe(put.status === 200 ? 'SUCCEEDED' : 'TIMED_OUT');
  });
});

describe('the end of an execution', () => {
  it.each(['ABORTED', 'TIMED_OUT', 'FAILED'])('%s closes a pending task', async (ended) => {
    const { id, resumeToken } = await world.waitingTask();

    expect(await world.close(id, ended)).toEqual({ result: 'closed' });
    expect(await status(id)).toBe(ended);
    expect(await world.put(id, { resumeToken, status: 'succeeded' })).toMatchObject({ status: 410 });
  });

  it.each(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'])('%s changes nothing', async (other) => {
    const { id } = await world.waitingTask();

    expect(await world.close(id, other)).toEqual({ result: 'unchanged' });
    expect(await status(id)).toBe('PENDING');
  });

  it('changes nothing that was settled or delivered, and is told twice without harm', async () => {
    const settled = await world.waitingTask();
    const delivered = await world.waitingTask();
    await world.settle(settled.id, 'States.Timeout');
    await world.put(delivered.id, { resumeToken: delivered.resumeToken, status: 'succeeded' });

    for (const { id } of [settled, delivered, settled, delivered]) {
      expect(await world.close(id, 'FAILED')).toEqual({ result: 'unchanged' });
    }
    expect(await status(settled.id)).toBe('TIMED_OUT');
    expect(await status(delivered.id)).toBe('SUCCEEDED');
  });

  it('is written down also when the task has no record yet, and a late first record does not open it', async () => {
    const id = world.newTask();
    await world.close(id, 'ABORTED');

    await world.tasks.createIfAbsent({
      taskId: id,
      executionArn: 'arn:x',
      status: 'PENDING',
      expiresAt: 1_900_000_000,
    });

    expect(await status(id)).toBe('ABORTED');
  });

  it('closes over an outcome that never reached it', async () => {
    const { id } = await undeliveredOutcome({ status: 'succeeded', data: 1 });

    expect(await world.close(id, 'ABORTED')).toEqual({ result: 'closed' });
    expect((await world.get(id)).body).toMatchObject({ status: 'ABORTED' });
    expect((await world.get(id)).body).not.toHaveProperty('output');
  });

  it('shows an execution that was stopped while it settled as stopped, whichever is told first', async () => {
    const [first, second] = [await world.waitingTask(), await world.waitingTask()];

    await world.settle(first.id, 'States.Timeout');
    await world.close(first.id, 'ABORTED');
    await world.close(second.id, 'ABORTED');
    await expect(world.settle(second.id, 'States.Timeout')).rejects.toThrow(
      'changed while its outcome was being recorded',
    );

    expect([await status(first.id), await status(second.id)]).toEqual(['ABORTED', 'ABORTED']);
  });

  it('shows an execution that ran out of its own time while it settled as timed out', async () => {
    const { id } = await world.waitingTask();
    await world.settle(id, 'ExternalServiceRejected', 'It answered 422.');

    expect(await world.close(id, 'TIMED_OUT')).toEqual({ result: 'closed' });

    expect(await status(id)).toBe('TIMED_OUT');
    expect(await world.close(id, 'TIMED_OUT')).toEqual({ result: 'unchanged' });
  });

  it('is not undone by a settlement that was too late for it', async () => {
    const { id } = await world.waitingTask();
    await world.close(id, 'FAILED', 0, 'Lambda.Unknown');

    await expect(world.settle(id, 'States.Timeout')).rejects.toThrow('changed while its outcome was being recorded');
    expect((await world.get(id)).body).toMatchObject({ status: 'FAILED', error: 'Lambda.Unknown' });
  });

  it('is not undone by a hand-over that was too late for it', async () => {
    const { id } = await undeliveredOutcome({ status: 'succeeded', data: 1 });
    await world.close(id, 'ABORTED');

    await world.settle(id, 'States.Timeout');

    expect(await status(id)).toBe('ABORTED');
    expect(await world.record(id)).not.toHaveProperty('deliveredAt');
  });

  it('leaves a recorded failure of a failed execution as it is', async () => {
    const { id } = await undeliveredOutcome({ status: 'failed', error: 'NoStock', cause: 'Sold out' });

    expect(await world.close(id, 'FAILED', 0, 'NoStock')).toEqual({ result: 'unchanged' });
    expect((await world.get(id)).body).toMatchObject({ status: 'FAILED', error: 'NoStock' });
  });
});

describe('a redrive', () => {
  it('opens a closed task again, with the resume token that the service holds', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.close(id, 'ABORTED');

    expect(await world.attempt(id, { redriveCount: 1 })).toEqual({ result: 'requested' });

    expect((await world.get(id)).body).toEqual({
      taskId: id,
      status: 'PENDING',
      attempt: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(world.sentToService[1]?.resumeToken).toBe(resumeToken);
    expect(await world.put(id, { resumeToken, status: 'succeeded' })).toMatchObject({ status: 200 });
    expect(world.sfn.answers).toMatchObject([{ token: tokenOf(id, 1, 1) }]);
  });

  it('is not closed by a late event of the run before', async () => {
    const { id } = await world.waitingTask();
    await world.close(id, 'ABORTED');
    await world.attempt(id, { redriveCount: 1 });

    expect(await world.close(id, 'ABORTED', 0)).toEqual({ result: 'unchanged' });
    expect(await status(id)).toBe('PENDING');
    expect(await world.close(id, 'ABORTED', 1)).toEqual({ result: 'closed' });
  });

  it('settles a task that the run before left stopped, and no late event of that run undoes it', async () => {
    const { id } = await world.waitingTask();
    await world.close(id, 'ABORTED');

    expect(await world.settle(id, 'States.Timeout', '', 1)).toMatchObject({ status: 'failed' });

    expect(await world.close(id, 'ABORTED', 0)).toEqual({ result: 'unchanged' });
    expect(await status(id)).toBe('TIMED_OUT');
  });

  it('is not closed by what the run before was still settling', async () => {
    const { id } = await world.waitingTask();
    await world.close(id, 'ABORTED');
    await world.attempt(id, { redriveCount: 1 });

    await expect(world.settle(id, 'States.Timeout', '', 0)).rejects.toThrow(
      'changed while its outcome was being recorded',
    );
    expect(await status(id)).toBe('PENDING');
  });

  it('takes up an outcome that the run before was answered 2xx for and never got', async () => {
    const { id } = await undeliveredOutcome({ status: 'succeeded', data: 1 });
    await world.close(id, 'ABORTED');

    expect(await world.attempt(id, { redriveCount: 1 })).toEqual({ result: 'delivered' });

    expect(world.sentToService).toHaveLength(1);
    expect(world.sfn.answers).toMatchObject([{ output: '{"data":1,"status":"succeeded"}' }]);
    expect(await status(id)).toBe('SUCCEEDED');
  });

  it('that goes on with settling hands over an outcome that was closed over', async () => {
    const { id } = await undeliveredOutcome({ status: 'succeeded', data: 1 });
    await world.close(id, 'FAILED', 0, 'Lambda.Unknown');

    expect(await world.settle(id, 'States.Timeout', '', 1)).toMatchObject({ status: 'succeeded' });
    expect(await status(id)).toBe('SUCCEEDED');
    expect(await world.close(id, 'FAILED', 0, 'Lambda.Unknown')).toEqual({ result: 'unchanged' });
  });

  it('does not let an attempt of the run before take over', async () => {
    const { id } = await world.waitingTask();
    await world.close(id, 'ABORTED');
    await world.attempt(id, { redriveCount: 1 });

    expect(await world.attempt(id, { attempt: 7, redriveCount: 0 })).toEqual({ result: 'superseded' });
    expect(await world.record(id)).toMatchObject({ attempt: 1, redriveCount: 1 });
  });

  it.each([
    ['its first run', [0, 1]],
    ['its second run only', [1]],
  ])(
    'that was stopped, too, refuses a late attempt of itself over an outcome closed in the name of %s',
    async (_of, told) => {
      const { id } = await undeliveredOutcome({ status: 'failed', error: 'NoStock' });
      for (const redriveCount of told) {
        expect(await world.close(id, 'ABORTED', redriveCount)).toEqual({ result: 'closed' });
      }

      expect(await world.attempt(id, { redriveCount: 1 })).toEqual({ result: 'superseded' });

      expect(await status(id)).toBe('ABORTED');
      expect(await world.attempt(id, { redriveCount: 2 })).toEqual({ result: 'delivered' });
      expect(await status(id)).toBe('FAILED');
    },
  );

  it('that was found stopped by a callback refuses a late attempt of itself', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.end(id, { status: 'ABORTED', redriveCount: 1 });
    expect(await world.put(id, { resumeToken, status: 'failed', error: 'NoStock' })).toMatchObject({ status: 410 });

    expect(await world.attempt(id, { redriveCount: 1 })).toEqual({ result: 'superseded' });
    expect(await status(id)).toBe('ABORTED');
  });

  it('that failed as was recorded, without settling, lets its outcome stand again', async () => {
    const { id } = await undeliveredOutcome({ status: 'failed', error: 'NoStock' });
    await world.close(id, 'ABORTED');

    expect(await world.close(id, 'FAILED', 1, 'NoStock')).toEqual({ result: 'closed' });

    expect((await world.get(id)).body).toMatchObject({ status: 'FAILED', error: 'NoStock' });
  });

  it('that succeeds without calling a function lets the outcome stand again that reached the run before', async () => {
    const { id } = await undeliveredOutcome({ status: 'succeeded', data: 1 });
    await world.close(id, 'ABORTED');

    expect(await world.close(id, 'SUCCEEDED', 1)).toEqual({ result: 'closed' });

    expect((await world.get(id)).body).toMatchObject({ status: 'SUCCEEDED', output: { data: 1 } });
  });

  it('that was stopped after it had taken an outcome shows as stopped', async () => {
    const { id } = await undeliveredOutcome({ status: 'succeeded', data: 1 });
    await world.settle(id, 'States.Timeout');

    expect(await world.close(id, 'ABORTED')).toEqual({ result: 'closed' });
    expect(await status(id)).toBe('ABORTED');
  });

  it('that failed without settling closes what the run before had settled, and a late attempt does not open it', async () => {
    const { id } = await world.waitingTask();
    await world.settle(id, 'States.Timeout');

    expect(await world.close(id, 'FAILED', 1, 'Lambda.Unknown')).toEqual({ result: 'closed' });

    expect(await world.attempt(id, { redriveCount: 1 })).toEqual({ result: 'closed' });
    expect((await world.get(id)).body).toMatchObject({ status: 'FAILED', error: 'Lambda.Unknown' });
  });

  it('that only failed again as the run before had settled changes nothing that is shown', async () => {
    const { id } = await world.waitingTask();
    await world.settle(id, 'States.Timeout', 'Nobody called.');

    await world.close(id, 'FAILED', 1, 'States.Timeout', 'Nobody called.');

    expect((await world.get(id)).body).toMatchObject({
      status: 'TIMED_OUT',
      error: 'States.Timeout',
      cause: 'Nobody called.',
    });
  });
});
