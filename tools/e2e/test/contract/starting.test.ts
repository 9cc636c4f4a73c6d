/** Proves what starting a workflow or a task answers, and that both start the same thing. */
import * as schemas from '../../src/schemas';
import { mocked } from '../../src/workflow-api';
import { target, tasks, uniqueName, workflows } from '../support/context';
import { expectBody, expectProblem } from '../support/expectations';
import { it } from '../support/it';

const { api } = workflows;

describe('POST /workflows', () => {
  it('answers 202 with id, url, Location and Retry-After, and the url shows the workflow', async () => {
    const answer = await api.post('workflows', mocked({ outcome: 'succeed' }));

    const { id, url, status } = expectBody(answer, 202, schemas.startedWorkflow);
    expect(status).toBe('RUNNING');
    expect(url).toBe(`${target.workflowApiEndpoint}workflows/${id}`);
    expect(answer.headers.get('location')).toBe(url);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await workflows.workflow(id)).id).toBe(id);
  });

  it('accepts an empty object: input and timeout have defaults', async () => {
    const id = await workflows.startWorkflow({});

    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('starts a new workflow on each call without an Idempotency-Key', async () => {
    const body = mocked({ outcome: 'silent' });

    const ids = await Promise.all([1, 2, 3].map(() => workflows.startWorkflow({ ...body, timeoutSeconds: 1 })));

    expect(new Set(ids).size).toBe(3);
  });
});

describe('GET /workflows/{workflowId}', () => {
  it('shows a running workflow without output, error or stopDate', async () => {
    const id = await workflows.startWorkflow(mocked({ outcome: 'silent' }));

    const { startDate, ...rest } = await workflows.workflow(id);

    expect(Math.abs(Date.now() - Date.parse(startDate))).toBeLessThan(60_000);
    expect(rest).toEqual({ id, status: 'RUNNING', externalServiceOutput: [] });
  });

  it('shows the status and data of the callback when the workflow has succeeded', async () => {
    const id = await workflows.startWorkflow(mocked({ outcome: 'succeed', data: { answer: [42, null, 'ä'] } }));

    const { startDate, stopDate, ...rest } = await workflows.endedWorkflow(id);

    expect(Date.parse(stopDate ?? '')).toBeGreaterThanOrEqual(Date.parse(startDate));
    expect(rest).toEqual({
      id,
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: { answer: [42, null, 'ä'] } }],
    });
  });
});

describe('POST /tasks', () => {
  it('answers 202 with taskId, url and Location, and the url shows the task', async () => {
    const answer = await api.post('tasks', mocked({ outcome: 'silent' }));

    const { taskId, url, status } = expectBody(answer, 202, schemas.startedTask);
    expect(status).toBe('PENDING');
    expect(url).toBe(`${target.workflowApiEndpoint}tasks/${taskId}`);
    expect(answer.headers.get('location')).toBe(url);
    expect(await workflows.task(taskId)).toMatchObject({ taskId, status: 'PENDING' });
  });

  it('starts one run of Workflow: the same id shows the task and the workflow', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'succeed', data: 'done' }));

    const [task, workflow] = await Promise.all([workflows.endedTask(id), workflows.endedWorkflow(id)]);

    expect(task).toMatchObject({ taskId: id, status: 'SUCCEEDED' });
    expect(workflow).toMatchObject({ id, status: 'SUCCEEDED' });
  });
});

describe('GET /tasks/{taskId}', () => {
  it('counts attempts and shows the output, and never a token', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'succeed', data: { n: 1 } }));

    const { createdAt, updatedAt, ...rest } = await workflows.endedTask(id);

    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
    expect(rest).toEqual({
      taskId: id,
      status: 'SUCCEEDED',
      attempt: 1,
      output: { status: 'succeeded', data: { n: 1 } },
    });
  });

  it('shows error and cause of a callback that said failed', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'silent' }));
    const { resumeToken } = await tasks.callable(id);

    await workflows.callBack(id, { resumeToken, status: 'failed', error: 'OutOfStock', cause: 'None left.' });

    expect(await workflows.endedTask(id)).toMatchObject({ status: 'FAILED', error: 'OutOfStock', cause: 'None left.' });
  });
});

describe('ids that nobody has', () => {
  it('answers 404 and names what there is not', async () => {
    const workflow = { status: 404, code: 'workflow-not-found' };
    expectProblem(await api.get(`workflows/${uniqueName('nobody')}`), workflow);
    expectProblem(await api.get(`compositeWorkflows/${uniqueName('nobody')}`), workflow);
    expectProblem(await api.get(`tasks/${uniqueName('nobody')}`), { status: 404, code: 'task-not-found' });
  });

  it('does not show one kind of workflow as another', async () => {
    const id = await workflows.startWorkflow(mocked({ outcome: 'succeed' }));

    expectProblem(await api.get(`compositeWorkflows/${id}`), { status: 404, code: 'workflow-not-found' });
  });
});
