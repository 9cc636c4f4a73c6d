/**
 * Proves that each attempt stores its task token before the service hears of the task, keeps the resume token, and
 * gives way to whatever was recorded or begun before it.
 */
import { ExternalServiceRejectedError, ExternalServiceUnavailableError } from '../../src/errors';
import { useWorld } from '../support/use-world';
import { tokenOf, WorkflowWorld } from '../support/workflow-world';

let world: WorkflowWorld;

useWorld(WorkflowWorld, (fresh) => {
  world = fresh;
});

describe('an attempt of the external step', () => {
  it('stores the tokens before it calls the service', async () => {
    const id = world.newTask();
    let stored: unknown;
    world.serviceAnswer = async () => {
      stored = await world.record(id);
    };

    expect(await world.attempt(id)).toEqual({ result: 'requested' });

    expect(stored).toMatchObject({
      taskId: id,
      status: 'PENDING',
      attempt: 1,
      taskToken: tokenOf(id),
      resumeToken: world.sentToService[0]?.resumeToken,
      createdAt: '2027-01-15T08:00:00.000Z',
      // 2027-01-15T08:00:00Z, an hour's wait, 90 days of AWS, one day of grace.
      expiresAt: 1_800_000_000 + 3600 + 91 * 86_400,
    });
  });

  it('gives every task another resume token, of 256 bits', async () => {
    const tokens = await Promise.all([1, 2, 3].map(async () => (await world.waitingTask()).resumeToken));

    expect(new Set(world.sentToService.map(({ resumeToken }) => resumeToken)).size).toBe(3);
    expect(tokens.every((token) => Buffer.from(token, 'base64url').byteLength === 32)).toBe(true);
  });

  it('keeps the resume token and replaces the task token when it is retried', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));
    world.clock.advanceSeconds(30);

    await world.attempt(id, { attempt: 2 });

    expect(world.sentToService).toEqual([
      { id, resumeToken, attempt: 1 },
      { id, resumeToken, attempt: 2 },
    ]);
    expect(await world.record(id)).toMatchObject({ attempt: 2, taskToken: tokenOf(id, 2), resumeToken });
    await world.put(id, { resumeToken, status: 'succeeded' });
    expect(world.sfn.answers).toMatchObject([{ token: tokenOf(id, 2) }]);
  });

  it('keeps what the first record of the task says of its beginning', async () => {
    const id = await world.recordedTask();
    world.clock.advanceSeconds(5);

    await world.attempt(id);

    expect((await world.get(id)).body).toEqual({
      taskId: id,
      status: 'PENDING',
      attempt: 1,
      createdAt: '2027-01-15T08:00:00.000Z',
      updatedAt: '2027-01-15T08:00:05.000Z',
    });
  });

  it('leaves everything to a later attempt that has written already', async () => {
    const { id } = await world.waitingTask();
    await world.attempt(id, { attempt: 3 });

    expect(await world.attempt(id, { attempt: 2 })).toEqual({ result: 'superseded' });
    expect(await world.record(id)).toMatchObject({ attempt: 3, taskToken: tokenOf(id, 3) });
    expect(world.sentToService.map(({ attempt }) => attempt)).toEqual([1, 3]);
  });

  it('delivers a callback that came for an earlier attempt, and does not call the service again', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));
    await world.put(id, { resumeToken, status: 'failed', error: 'NoStock', cause: 'Sold out' });

    expect(await world.attempt(id, { attempt: 2 })).toEqual({ result: 'delivered' });
    expect(world.sentToService).toHaveLength(1);
    expect(world.sfn.answers).toMatchObject([{ token: tokenOf(id, 2), error: 'NoStock', cause: 'Sold out' }]);
    expect(await world.record(id)).toMatchObject({ status: 'FAILED', deliveredAt: expect.any(String) });
  });

  it('delivers a recorded outcome to every later attempt, although it was delivered before', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.put(id, {
      resumeToken,
      status: 'failed',
      error: 'ExternalServiceUnavailableError',
      cause: 'as retried',
    });

    expect(await world.attempt(id, { attempt: 2 })).toEqual({ result: 'delivered' });
    expect(world.sfn.answers.map(({ token }) => token)).toEqual([tokenOf(id), tokenOf(id, 2)]);
  });

  it('does not forget that an outcome was delivered to itself, when it writes late', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.put(id, { resumeToken, status: 'succeeded' });

    await world.attempt(id);

    expect(await world.record(id)).toMatchObject({ status: 'SUCCEEDED', deliveredAt: expect.any(String) });
  });

  it('is retried, not lost, when delivering a recorded outcome fails', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));
    await world.put(id, { resumeToken, status: 'succeeded' });
    world.sfn.faults.fail('SendTaskSuccess', 'refuse', 3);

    await expect(world.attempt(id, { attempt: 2 })).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await world.attempt(id, { attempt: 3 })).toEqual({ result: 'delivered' });
    expect(world.sfn.answers).toHaveLength(1);
  });

  it('takes its own write for its own when the answer is lost and the SDK repeats it', async () => {
    const id = world.newTask();
    world.dynamo.faults.fail('UpdateItem', 'lose-answer');

    expect(await world.attempt(id)).toEqual({ result: 'requested' });
    expect(await world.record(id)).toMatchObject({ resumeToken: world.sentToService[0]?.resumeToken });
  });

  it('serves a callback that overtakes the answer of the service', async () => {
    const id = world.newTask();
    let overtaking: Promise<{ status: number | undefined }> | undefined;
    world.serviceAnswer = () => {
      overtaking = world.put(id, { resumeToken: world.sentToService[0]?.resumeToken, status: 'succeeded' });
    };

    await world.attempt(id);

    expect((await overtaking)?.status).toBe(200);
    expect(world.sfn.answers).toHaveLength(1);
  });

  it.each([
    ['unavailable', new ExternalServiceUnavailableError('503')],
    ['rejecting', new ExternalServiceRejectedError('422')],
  ])('passes on the error of an %s service', async (_, error) => {
    world.serviceAnswer = () => {
      throw error;
    };

    await expect(world.attempt(world.newTask())).rejects.toBe(error);
  });

  it('is told at once how its task ended when the record is closed, and does not wait for its timeout', async () => {
    const { id } = await world.waitingTask();
    await world.close(id, 'ABORTED');

    expect(await world.attempt(id, { attempt: 2 })).toEqual({ result: 'closed' });
    expect(world.sfn.answers).toMatchObject([{ token: tokenOf(id, 2), error: 'ExecutionAborted' }]);
    expect(world.sentToService).toHaveLength(1);
  });

  it('takes nothing over from an expired record of the same name, least of all its outcome', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.put(id, { resumeToken, status: 'succeeded', data: 'old' });
    world.clock.advanceSeconds(3600 + 91 * 86_400);

    expect(await world.attempt(id)).toEqual({ result: 'requested' });
    expect(world.sentToService[1]?.resumeToken).not.toBe(resumeToken);
    const record = await world.record(id);
    expect(record).toMatchObject({ status: 'PENDING' });
    expect(record).not.toHaveProperty('output');
    expect(record).not.toHaveProperty('recorded');
  });

  it('logs what it did, and no token', async () => {
    const { id, resumeToken } = await world.waitingTask();

    expect(world.log.text).toContain(id);
    expect(world.log.text).not.toContain('task-token');
    expect(world.log.text).not.toContain(resumeToken);
  });
});
