/** Proves that a heartbeat is accepted exactly as long as an outcome would be. */
import { useWorld } from '../support/use-world';
import { tokenOf, WorkflowWorld } from '../support/workflow-world';

let world: WorkflowWorld;

useWorld(WorkflowWorld, (fresh) => {
  world = fresh;
});

describe('POST /tasks/{taskId}/heartbeat', () => {
  it('keeps the wait of the latest attempt alive', async () => {
    const { id, resumeToken } = await world.waitingTask();
    await world.attempt(id, { attempt: 2 });

    expect(await world.heartbeat(id, { resumeToken })).toMatchObject({ status: 204, text: '' });
    expect(world.sfn.answers).toMatchObject([{ action: 'SendTaskHeartbeat', token: tokenOf(id, 2) }]);
  });

  it('is welcome between two attempts, when nobody waits', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));

    expect(await world.heartbeat(id, { resumeToken })).toMatchObject({ status: 204 });
  });

  it('is welcome when Step Functions does not see the execution yet', async () => {
    const { id, resumeToken } = await world.waitingTask();
    world.sfn.timeOut(tokenOf(id));
    world.sfn.unseen = 2;

    expect(await world.heartbeat(id, { resumeToken })).toMatchObject({ status: 204 });
  });

  it('is 410 when the execution is over, and when the task is', async () => {
    const aborted = await world.waitingTask();
    world.sfn.end(aborted.id, { status: 'ABORTED' });
    const done = await world.waitingTask();
    await world.put(done.id, { resumeToken: done.resumeToken, status: 'succeeded' });

    for (const { id, resumeToken } of [aborted, done]) {
      expect(await world.heartbeat(id, { resumeToken })).toMatchObject({
        status: 410,
        body: { code: 'workflow-over' },
      });
    }
  });

  it('is 403 with a wrong token, 404 for no task, 422 for a body that is none, 503 while AWS throttles', async () => {
    const { id, resumeToken } = await world.waitingTask();

    expect(await world.heartbeat(id, { resumeToken: 'guess' })).toMatchObject({ status: 403 });
    expect(await world.heartbeat(id, {})).toMatchObject({ status: 403 });
    expect(await world.heartbeat('nobody', { resumeToken })).toMatchObject({ status: 404 });
    expect(await world.heartbeat(id, { resumeToken: 1 })).toMatchObject({ status: 422 });
    world.sfn.faults.fail('SendTaskHeartbeat', 'refuse', 3);
    expect(await world.heartbeat(id, { resumeToken })).toMatchObject({ status: 503 });
  });
});
