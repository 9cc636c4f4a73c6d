/**
 * Proves the decision table of `PUT /tasks/{taskId}` on a real table: an outcome is recorded once, before it is
 * delivered, and whatever fails on the way, a repeated callback gets to the same end.
 */
import { useWorld } from '../support/use-world';
import { tokenOf, WorkflowWorld } from '../support/workflow-world';

let world: WorkflowWorld;

useWorld(WorkflowWorld, (fresh) => {
  world = fresh;
});

const data = { b: [1, { z: null, a: 'ä' }], a: 1 };

describe('PUT /tasks/{taskId}', () => {
  it('records and delivers the first outcome', async () => {
    const { id, resumeToken } = await world.waitingTask();

    const answer = await world.put(id, { id, resumeToken, status: 'succeeded', data });

    expect(answer).toMatchObject({ status: 200, body: { taskId: id, status: 'SUCCEEDED' } });
    expect(world.sfn.answers).toEqual([
      {
        action: 'SendTaskSuccess',
        token: tokenOf(id),
        output: '{"data":{"a":1,"b":[1,{"a":"ä","z":null}]},"status":"succeeded"}',
      },
    ]);
    expect(await world.record(id)).toMatchObject({
      status: 'SUCCEEDED',
      recorded: 'SUCCEEDED',
      deliveredAt: '2027-01-15T08:00:00.000Z',
    });
  });

  it('delivers a failure with its error and cause, or with defaults that name whose failure it is', async () => {
    const named = await world.waitingTask();
    const unnamed = await world.waitingTask();

    await world.put(named.id, {
      resumeToken: named.resumeToken,
      status: 'failed',
      error: 'NoStock',
      cause: 'Sold out',
    });
    await world.put(unnamed.id, { resumeToken: unnamed.resumeToken, status: 'failed' });

    expect(world.sfn.answers).toMatchObject([
      { action: 'SendTaskFailure', error: 'NoStock', cause: 'Sold out' },
      { action: 'SendTaskFailure', error: 'ExternalServiceFailed' },
    ]);
  });

  it('answers the same outcome again with the same body, whatever the order of keys, and delivers it once', async () => {
    const { id, resumeToken } = await world.waitingTask();
    const first = await world.put(id, { resumeToken, status: 'succeeded', data: { a: 1, b: 2 } });

    const again = await world.put(id, { resumeToken, status: 'succeeded', data: { b: 2, a: 1 } });

    expect(again).toEqual(first);
    expect(world.sfn.answers).toHaveLength(1);
  });

  it.each([
    ['other data', { status: 'succeeded', data: 2 }],
    ['no data', { status: 'succeeded' }],
    ['a failure', { status: 'failed' }],
  ])('answers %s after the first outcome with 409, and keeps the first', async (_, other) => {
    const { id, resumeToken } = await world.waitingTask();
    await world.put(id, { resumeToken, status: 'succeeded', data: 1 });

    const answer = await world.put(id, { resumeToken, ...other });

    expect(answer).toMatchObject({ status: 409, body: { code: 'task-already-completed' } });
    expect(world.sfn.answers).toHaveLength(1);
    expect(await world.record(id)).toMatchObject({ output: '{"data":1,"status":"succeeded"}' });
  });

  it.each([
    ['wrong', { resumeToken: 'guess' }],
    ['empty', { resumeToken: '' }],
    ['missing', {}],
  ])('answers a %s resume token with 403 and changes nothing', async (_, token) => {
    const { id } = await world.waitingTask();
    const before = await world.record(id);

    const answer = await world.put(id, { ...token, status: 'succeeded' });

    expect(answer).toMatchObject({ status: 403, body: { code: 'wrong-resume-token' } });
    expect(await world.record(id)).toEqual(before);
    expect(world.sfn.answers).toEqual([]);
  });

  it('answers 403 before the first attempt, when nobody can hold a token yet, not even an empty one', async () => {
    const id = await world.recordedTask();

    for (const resumeToken of [undefined, '', 'undefined']) {
      expect(await world.put(id, { resumeToken, status: 'succeeded' })).toMatchObject({ status: 403 });
    }
  });

  it('answers 404 for a task that nobody started, or whose record has expired', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.clock.advanceSeconds(3600 + 91 * 86_400);

    expect(await world.put('nobody', { resumeToken, status: 'succeeded' })).toMatchObject({
      status: 404,
      body: { code: 'task-not-found' },
    });
    expect(await world.put(id, { resumeToken, status: 'succeeded' })).toMatchObject({ status: 404 });
  });

  it('refuses data that the workflow could not carry with 413', async () => {
    const { id, resumeToken } = await world.waitingTask();

    const answer = await world.put(id, { resumeToken, status: 'succeeded', data: 'x'.repeat(254_000) });

    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    expect(await world.record(id)).toMatchObject({ status: 'PENDING' });
  });

  it('records exactly one of many simultaneous, different outcomes', async () => {
    const { id, resumeToken } = await world.waitingTask();

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => world.put(id, { resumeToken, status: 'succeeded', data: n })),
    );

    const winner = answers.findIndex(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(19);
    expect(world.sfn.answers).toMatchObject([{ output: `{"data":${winner},"status":"succeeded"}` }]);
  });
});

describe('when Step Functions does not take the outcome', () => {
  it('answers 503 while it throttles, and 200 to the repetition, which delivers', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.faults.fail('SendTaskSuccess', 'refuse', 3);

    const first = await world.put(id, { resumeToken, status: 'succeeded', data });
    const again = await world.put(id, { resumeToken, status: 'succeeded', data });

    expect(first).toMatchObject({ status: 503, headers: { 'Retry-After': '2' } });
    expect(again.status).toBe(200);
    expect(world.sfn.answers).toHaveLength(1);
  });

  it('answers 200 between two attempts: the next one takes the outcome, and leaves the service alone', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));

    const answer = await world.put(id, { resumeToken, status: 'succeeded', data });
    const next = await world.attempt(id, { attempt: 2 });

    expect(answer.status).toBe(200);
    expect(next).toEqual({ result: 'delivered' });
    expect(world.sentToService).toHaveLength(1);
    expect(world.sfn.answers).toMatchObject([{ token: tokenOf(id, 2) }]);
  });

  it('answers 200 when the wait has run out: settling takes the outcome', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));

    const answer = await world.put(id, { resumeToken, status: 'succeeded', data });
    const settled = await world.settle(id, 'States.Timeout');

    expect(answer.status).toBe(200);
    expect(settled).toEqual({ status: 'succeeded', output: { status: 'succeeded', data } });
  });

  it('answers 410 when the execution was aborted, and corrects what it had recorded', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.end(id, { status: 'ABORTED', error: 'Cancelled' });

    const answer = await world.put(id, { resumeToken, status: 'succeeded', data });

    expect(answer).toMatchObject({ status: 410, body: { code: 'workflow-over' } });
    expect((await world.get(id)).body).toMatchObject({ status: 'ABORTED' });
    expect(await world.put(id, { resumeToken, status: 'succeeded', data })).toMatchObject({ status: 410 });
  });

  it('answers 410 when Step Functions has forgotten the execution, and claims nothing about its end', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));
    world.sfn.executions.clear();

    expect(await world.put(id, { resumeToken, status: 'succeeded' })).toMatchObject({ status: 410 });
    expect(await world.record(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('looks again when Step Functions does not see the execution yet', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));
    world.sfn.unseen = 2;

    expect(await world.put(id, { resumeToken, status: 'succeeded', data })).toMatchObject({ status: 200 });
    expect(await world.attempt(id, { attempt: 2 })).toEqual({ result: 'delivered' });
  });

  it('answers 200 when the workflow has ended with this outcome, although the record does not know', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.tasks.recordOutcome(id, resumeToken, { status: 'FAILED', error: 'NoStock', cause: 'Sold out' });
    world.sfn.end(id, { status: 'FAILED', error: 'NoStock', cause: 'Sold out' });

    const answer = await world.put(id, { resumeToken, status: 'failed', error: 'NoStock', cause: 'Sold out' });

    expect(answer.status).toBe(200);
    expect(await world.record(id)).toMatchObject({ status: 'FAILED', deliveredAt: expect.any(String) });
  });
});

it.each([
  ['the delivery', () => world.sfn.faults.fail('SendTaskSuccess', 'lose-answer')],
  ['the write of the outcome', () => world.dynamo.faults.fail('UpdateItem', 'lose-answer')],
])('answers 200 and delivers once when only the answer to %s is lost, and the SDK repeats it', async (_, lose) => {
  const { id, resumeToken } = await world.waitingTask();
  lose();

  expect((await world.put(id, { resumeToken, status: 'succeeded', data })).status).toBe(200);
  expect(world.sfn.answers).toHaveLength(1);
});

describe('when DynamoDB fails', () => {
  it('answers 503 and delivers nothing when the outcome cannot be recorded', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.dynamo.faults.fail('UpdateItem', 'lose-request', 3);

    expect((await world.put(id, { resumeToken, status: 'succeeded', data })).status).toBe(503);
    expect(world.sfn.answers).toEqual([]);
    expect((await world.put(id, { resumeToken, status: 'succeeded', data })).status).toBe(200);
  });

  it('answers 200 when the delivery could not be recorded', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.tasks.recordOutcome(id, resumeToken, { status: 'FAILED', error: 'E', cause: 'c' });
    world.dynamo.faults.fail('UpdateItem', 'refuse', 3);

    expect((await world.put(id, { resumeToken, status: 'failed', error: 'E', cause: 'c' })).status).toBe(200);
    expect(world.sfn.answers).toHaveLength(1);
  });
});

it('never shows a token, in answers or in logs, whatever fails', async () => {
  const { id, resumeToken } = await world.waitingTask();
  const callback = { resumeToken, status: 'succeeded', data };
  world.sfn.faults.fail('SendTaskSuccess', 'refuse', 3);
  world.dynamo.faults.fail('GetItem', 'refuse', 3);
  const answers = [
    await world.put(id, callback),
    await world.put(id, callback),
    await world.put(id, { ...callback, data: 2 }),
    await world.put(id, { ...callback, [resumeToken]: 1, status: 'x' }),
    await world.put(id, callback),
    await world.get(id),
  ];

  expect(answers.map(({ status }) => status)).toEqual([503, 503, 409, 422, 200, 200]);
  const said = world.log.text + answers.map(({ text }) => text).join();
  expect(world.log.lines.length).toBeGreaterThan(6);
  expect(said).not.toContain('task-token');
  expect(world.log.text).not.toContain(resumeToken);
  expect(
    answers
      .filter((_, n) => n !== 3)
      .map(({ text }) => text)
      .join(),
  ).not.toContain(resumeToken);
});
