/**
 * Proves that every wait ends: by a callback, by its timeout, or by a heartbeat that did not come. These tests wait in
 * real time, so they run all at once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { foreignToken, mocked } from '../../src/workflow-api';
import { tasks, workflows } from '../support/context';
import { expectProblem } from '../support/expectations';
import { it } from '../support/it';

const silent = mocked({ outcome: 'silent' });

describe('a workflow that nobody calls back', () => {
  it.concurrent('ends FAILED with States.Timeout, its task TIMED_OUT, and late callbacks are 410', async () => {
    const id = await workflows.startTask({ ...silent, timeoutSeconds: 6 });
    const { resumeToken } = await tasks.callable(id);

    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(await workflows.endedTask(id)).toMatchObject({ status: 'TIMED_OUT' });
    expectProblem(await workflows.callBack(id, { resumeToken, status: 'succeeded' }), {
      status: 410,
      code: 'workflow-over',
    });
    expectProblem(await workflows.heartbeat(id, resumeToken), { status: 410, code: 'workflow-over' });
    expectProblem(await workflows.callBack(id, { resumeToken: foreignToken(), status: 'succeeded' }), {
      status: 403,
      code: 'wrong-resume-token',
    });
    expect(await workflows.task(id)).toMatchObject({ status: 'TIMED_OUT' });
  });

  it.concurrent('takes at least the timeout that was asked for', async () => {
    const id = await workflows.startWorkflow({ ...silent, timeoutSeconds: 2 });

    const { startDate, stopDate } = await workflows.endedWorkflow(id);

    const lastedMs = Date.parse(stopDate ?? '') - Date.parse(startDate);
    expect(lastedMs).toBeGreaterThanOrEqual(2_000);
    expect(lastedMs).toBeLessThan(15_000);
  });
});

describe('a workflow that expects heartbeats', () => {
  it.concurrent('a task that stops sending heartbeats ends in States.HeartbeatTimeout', async () => {
    const id = await workflows.startTask({ ...silent, timeoutSeconds: 60, heartbeatSeconds: 1 });

    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
    expect(await workflows.endedTask(id)).toMatchObject({ status: 'TIMED_OUT' });
  });

  it.concurrent('heartbeats keep a task waiting longer than one interval', async () => {
    const heartbeatSeconds = 4;
    const id = await workflows.startTask({ ...silent, timeoutSeconds: 60, heartbeatSeconds });
    const { resumeToken } = await tasks.callable(id);

    // Time itself is what is tested: beats that come well within the interval, until it has passed.
    const untilMs = performance.now() + heartbeatSeconds * 1_500;
    while (performance.now() < untilMs) {
      expect((await workflows.heartbeat(id, resumeToken)).status).toBe(204);
      await delay(500);
    }

    expect(await workflows.task(id)).toMatchObject({ status: 'PENDING' });
    expect((await workflows.callBack(id, { resumeToken, status: 'succeeded', data: 'alive' })).status).toBe(200);
    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.concurrent('heartbeats do not prolong the timeout', async () => {
    const id = await workflows.startTask({ ...silent, timeoutSeconds: 6, heartbeatSeconds: 4 });
    const { resumeToken } = await tasks.callable(id);

    let beats = 0;
    while ((await workflows.heartbeat(id, resumeToken)).status === 204) {
      beats += 1;
      await delay(500);
    }

    expect(beats).toBeGreaterThan(2);
    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it.concurrent('the mock sends heartbeats while it works', async () => {
    const id = await workflows.startTask({
      ...mocked({ outcome: 'succeed', heartbeats: 6, delayMs: 6_000 }),
      timeoutSeconds: 60,
      heartbeatSeconds: 4,
    });

    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'SUCCEEDED' });
  });
});
