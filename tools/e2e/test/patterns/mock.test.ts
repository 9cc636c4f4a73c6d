/** Proves each behaviour of the mock external service by what becomes of the workflow that asked for it. */

import { ApiClient } from '../../src/api-client';
import { mocked } from '../../src/workflow-api';
import { target, workflows } from '../support/context';
import { it } from '../support/it';

const outcomeOf = async (...behaviour: Parameters<typeof mocked>) => {
  const id = await workflows.startTask(mocked(...behaviour));
  const workflow = await workflows.endedWorkflow(id);
  return { workflow, task: await workflows.task(id) };
};

describe('the mock external service', () => {
  it.concurrent('succeeds when nothing else is asked for', async () => {
    const id = await workflows.startTask({ input: { order: 17 } });

    expect(await workflows.endedWorkflow(id)).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded' }],
    });
  });

  it.concurrent('data: is what the callback carries', async () => {
    for (const data of [null, 0, '', [], { deep: { list: [1, 'ä', false] } }]) {
      const { workflow, task } = await outcomeOf({ outcome: 'succeed', data });
      expect(workflow.externalServiceOutput).toEqual([{ status: 'succeeded', data }]);
      expect(task.status).toBe('SUCCEEDED');
    }
  });

  it.concurrent('fail: ends the workflow with the error and cause of the callback', async () => {
    const { workflow, task } = await outcomeOf({ outcome: 'fail' });

    expect(workflow).toMatchObject({ status: 'FAILED', externalServiceOutput: [] });
    expect(workflow.error).toBeTruthy();
    expect(task).toMatchObject({ status: 'FAILED', error: workflow.error, cause: workflow.cause });
  });

  it.concurrent('reject: ends the workflow with ExternalServiceRejected after one attempt', async () => {
    const { workflow, task } = await outcomeOf({ outcome: 'reject' });

    expect(workflow).toMatchObject({ status: 'FAILED', error: 'ExternalServiceRejected' });
    expect(task).toMatchObject({ status: 'FAILED', attempt: 1 });
  });

  it.concurrent('flaky: is retried by the state machine until it accepts', async () => {
    const { workflow, task } = await outcomeOf({ outcome: 'flaky', data: 'at last' });

    expect(workflow).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: 'at last' }],
    });
    expect(task.attempt).toBeGreaterThan(1);
  });

  it.concurrent('delayMs: calls back no sooner', async () => {
    const { workflow } = await outcomeOf({ outcome: 'succeed', delayMs: 1_500 });

    expect(workflow.status).toBe('SUCCEEDED');
    expect(Date.parse(workflow.stopDate ?? '') - Date.parse(workflow.startDate)).toBeGreaterThanOrEqual(1_500);
  });

  it.concurrent('duplicates: change nothing', async () => {
    const { workflow } = await outcomeOf({ outcome: 'succeed', duplicates: 3, data: 'once' });

    expect(workflow.externalServiceOutput).toEqual([{ status: 'succeeded', data: 'once' }]);
  });

  it.concurrent('conflicting: the first outcome wins, in the task and in the workflow', async () => {
    const { workflow, task } = await outcomeOf({ outcome: 'succeed', conflicting: true, data: 'first' });

    expect(workflow).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: 'first' }],
    });
    expect(task.status).toBe('SUCCEEDED');
  });

  it.concurrent('heartbeats: are accepted, also by a workflow that expects none', async () => {
    const { workflow } = await outcomeOf({ outcome: 'succeed', heartbeats: 2, delayMs: 300 });

    expect(workflow.status).toBe('SUCCEEDED');
  });

  it.concurrent('refuses to call back anywhere but to the API it was deployed for', async () => {
    if (target.serviceApiEndpoint === undefined) {
      return;
    }
    const service = new ApiClient(target.serviceApiEndpoint);

    for (const callbackUrl of [
      'http://169.254.169.254/',
      'http://localhost:1/',
      'https://example.com/tasks/x',
      'file:///etc/passwd',
    ]) {
      const answer = await service.post('external', { id: 'x', resumeToken: 'y', callbackUrl, payload: {} });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
  });
});
