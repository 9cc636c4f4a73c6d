/**
 * Proves the decision table of `PUT /tasks/{taskId}`, with the suite in the place of the external service: the first
 * recorded outcome wins everywhere it can be seen, and nothing but the right token moves a task.
 */
import { executionArn } from '../../src/step-functions';
import { waitUntil } from '../../src/wait';
import { type Callback, foreignToken, mocked } from '../../src/workflow-api';
import { executions, target, tasks, uniqueName, workflows } from '../support/context';
import { expectProblem } from '../support/expectations';
import { it } from '../support/it';

const silent = mocked({ outcome: 'silent' });

/** A task that waits for its callback. */
async function waitingTask(): Promise<{ id: string; resumeToken: string; taskToken: string }> {
  const id = await workflows.startTask(silent);
  const { resumeToken, taskToken } = await tasks.callable(id);
  return { id, resumeToken, taskToken };
}

describe('PUT /tasks/{taskId}', () => {
  it('resumes the workflow with the data of the callback', async () => {
    const { id, resumeToken } = await waitingTask();

    const answer = await workflows.callBack(id, { resumeToken, status: 'succeeded', data: { parcel: 7 } });

    expect(answer.status).toBe(200);
    expect(await workflows.endedWorkflow(id)).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: { parcel: 7 } }],
    });
    expect(await workflows.task(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('ends the workflow with error and cause of a callback that failed', async () => {
    const { id, resumeToken } = await waitingTask();

    const answer = await workflows.callBack(id, {
      resumeToken,
      status: 'failed',
      error: 'PaymentDeclined',
      cause: 'Card expired.',
    });

    expect(answer.status).toBe(200);
    expect(await workflows.endedWorkflow(id)).toMatchObject({
      status: 'FAILED',
      error: 'PaymentDeclined',
      cause: 'Card expired.',
    });
  });

  it('names a failure without an error ExternalServiceFailed', async () => {
    const { id, resumeToken } = await waitingTask();

    await workflows.callBack(id, { resumeToken, status: 'failed' });

    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'FAILED', error: 'ExternalServiceFailed' });
  });

  it('answers the same outcome again with 200 and the same body, also after the end', async () => {
    const { id, resumeToken } = await waitingTask();
    const callback: Callback = { resumeToken, status: 'succeeded', data: { a: 1, b: [2] } };

    const first = await workflows.callBack(id, callback);
    const again = await workflows.callBack(id, { ...callback, data: { b: [2], a: 1 } });
    await workflows.endedWorkflow(id);
    const late = await workflows.callBack(id, callback);

    expect([first, again, late].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(again.body).toEqual(first.body);
    expect(late.body).toEqual(first.body);
    expect(JSON.stringify(first.body)).not.toContain(resumeToken);
  });

  it('answers another outcome with 409 and keeps the first', async () => {
    const { id, resumeToken } = await waitingTask();
    await workflows.callBack(id, { resumeToken, status: 'succeeded', data: 'first' });

    const otherData = await workflows.callBack(id, { resumeToken, status: 'succeeded', data: 'second' });
    const otherStatus = await workflows.callBack(id, { resumeToken, status: 'failed', error: 'Late', cause: 'no' });

    expectProblem(otherData, { status: 409, code: 'task-already-completed' });
    expectProblem(otherStatus, { status: 409, code: 'task-already-completed' });
    expect(await workflows.endedWorkflow(id)).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: 'first' }],
    });
    expect(await workflows.task(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('lets exactly one of many simultaneous conflicting callbacks win', async () => {
    const { id, resumeToken } = await waitingTask();

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => workflows.callBack(id, { resumeToken, status: 'succeeded', data: n })),
    );

    const winners = answers.flatMap(({ status }, n) => (status === 200 ? [n] : []));
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    const [data] = winners;
    expect((await workflows.endedWorkflow(id)).externalServiceOutput).toEqual([{ status: 'succeeded', data }]);
  });

  it('answers a wrong, an empty and a missing token with 403, and leaves the task waiting', async () => {
    const { id, resumeToken } = await waitingTask();
    const before = await tasks.find(id);

    for (const wrong of [foreignToken(), '', resumeToken.toUpperCase() + resumeToken, resumeToken.slice(0, -1)]) {
      expectProblem(await workflows.callBack(id, { resumeToken: wrong, status: 'succeeded' }), {
        status: 403,
        code: 'wrong-resume-token',
      });
    }
    expectProblem(await workflows.api.put(`tasks/${id}`, { id, status: 'succeeded' }), {
      status: 403,
      code: 'wrong-resume-token',
    });

    expect(await tasks.find(id)).toEqual(before);
    expect(await workflows.task(id)).toMatchObject({ status: 'PENDING' });
  });

  it('refuses the task token in place of the resume token', async () => {
    const { id, taskToken } = await waitingTask();

    expectProblem(await workflows.callBack(id, { resumeToken: taskToken, status: 'succeeded' }), {
      status: 403,
      code: 'wrong-resume-token',
    });
  });

  it("refuses another task's token", async () => {
    const [one, other] = await Promise.all([waitingTask(), waitingTask()]);

    const answer = await workflows.callBack(one.id, { resumeToken: other.resumeToken, status: 'succeeded' });

    expectProblem(answer, { status: 403, code: 'wrong-resume-token' });
    expect(await workflows.task(other.id)).toMatchObject({ status: 'PENDING' });
  });

  it('answers 404 for a task that nobody has', async () => {
    const id = uniqueName('nobody');

    const answer = await workflows.callBack(id, { resumeToken: foreignToken(), status: 'succeeded' });

    expectProblem(answer, { status: 404, code: 'task-not-found' });
  });

  it('answers 410 once the execution was stopped, and the task tells so', async () => {
    const { id, resumeToken } = await waitingTask();
    const arn = executionArn(target.workflowStateMachineArn, id);
    await executions.stop(arn, 'Cancelled', 'The customer changed their mind.');

    const answer = await waitUntil(
      () => workflows.callBack(id, { resumeToken, status: 'succeeded' }),
      ({ status }) => status >= 400,
      { what: 'a callback to be refused' },
    );

    expectProblem(answer, { status: 410, code: 'workflow-over' });
    expect(await workflows.endedTask(id)).toMatchObject({ status: 'ABORTED' });
    expect(await workflows.workflow(id)).toMatchObject({ status: 'ABORTED', error: 'Cancelled' });
  });

  it('serves every one of 20 tasks that are called back at the same time', async () => {
    const waiting = await Promise.all(Array.from({ length: 20 }, waitingTask));

    const answers = await Promise.all(
      waiting.map(({ id, resumeToken }, n) => workflows.callBack(id, { resumeToken, status: 'succeeded', data: n })),
    );

    expect(answers.map(({ status }) => status)).toEqual(waiting.map(() => 200));
    const ended = await Promise.all(waiting.map(({ id }) => workflows.endedWorkflow(id)));
    expect(ended.map(({ externalServiceOutput }) => externalServiceOutput)).toEqual(
      waiting.map((_, data) => [{ status: 'succeeded', data }]),
    );
  });
});

describe('POST /tasks/{taskId}/heartbeat', () => {
  it('answers 204 while the task waits', async () => {
    const id = await workflows.startTask({ ...silent, timeoutSeconds: 120, heartbeatSeconds: 60 });
    const { resumeToken } = await tasks.callable(id);

    expect((await workflows.heartbeat(id, resumeToken)).status).toBe(204);
    expect(await workflows.task(id)).toMatchObject({ status: 'PENDING' });
  });

  it('answers 403 for a wrong or missing token, 404 for an unknown task', async () => {
    const { id } = await waitingTask();

    expectProblem(await workflows.heartbeat(id, foreignToken()), { status: 403, code: 'wrong-resume-token' });
    expectProblem(await workflows.api.post(`tasks/${id}/heartbeat`, {}), { status: 403, code: 'wrong-resume-token' });
    expectProblem(await workflows.heartbeat(uniqueName('nobody'), foreignToken()), {
      status: 404,
      code: 'task-not-found',
    });
  });

  it('answers 410 when the task is over', async () => {
    const { id, resumeToken } = await waitingTask();
    await workflows.callBack(id, { resumeToken, status: 'succeeded' });
    await workflows.endedWorkflow(id);

    expectProblem(await workflows.heartbeat(id, resumeToken), { status: 410, code: 'workflow-over' });
  });
});
