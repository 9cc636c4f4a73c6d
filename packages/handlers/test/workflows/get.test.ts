/** Proves what a client sees of an execution, also while Step Functions does not show it yet, or no longer. */
import { getCompositeWorkflow, getWorkflow } from '../../src/workflows/get-workflow';
import { StartWorld } from '../support/start-world';
import { arnOf } from '../support/step-functions';
import { useWorld } from '../support/use-world';

let world: StartWorld;

useWorld(StartWorld, (fresh) => {
  world = fresh;
});

const get = (workflowId: string) =>
  world.call(getWorkflow(world), { path: `/workflows/${workflowId}`, pathParameters: { workflowId } });
const getComposite = (compositeWorkflowId: string) =>
  world.call(getCompositeWorkflow(world), { pathParameters: { compositeWorkflowId } });

describe.each([
  ['GET /workflows/{workflowId}', get],
  ['GET /compositeWorkflows/{compositeWorkflowId}', getComposite],
])('%s', (_, read) => {
  it('shows a running execution, and when to ask again', async () => {
    world.sfn.run('running');

    expect(await read('running')).toMatchObject({
      status: 200,
      headers: { 'Retry-After': '1' },
      body: { id: 'running', status: 'RUNNING', startDate: '2027-01-15T08:00:00.000Z', externalServiceOutput: [] },
    });
  });

  it('shows the output of one that succeeded', async () => {
    world.sfn.run('done');
    world.sfn.end('done', {
      status: 'SUCCEEDED',
      output: '{"externalServiceOutput":[{"status":"succeeded","data":7}]}',
    });

    expect((await read('done')).body).toEqual({
      id: 'done',
      status: 'SUCCEEDED',
      startDate: '2027-01-15T08:00:00.000Z',
      stopDate: '2027-01-15T08:00:05.000Z',
      externalServiceOutput: [{ status: 'succeeded', data: 7 }],
    });
  });

  it('shows error and cause of one that failed', async () => {
    world.sfn.run('failed');
    world.sfn.end('failed', { status: 'FAILED', error: 'States.Timeout', cause: 'late' });

    expect((await read('failed')).body).toMatchObject({
      status: 'FAILED',
      externalServiceOutput: [],
      error: 'States.Timeout',
      cause: 'late',
    });
  });

  it.each(['nobody', 'n'.repeat(81), 'with space', '../x', '', '__proto__'])('answers %j with 404', async (id) => {
    expect(await read(id)).toMatchObject({ status: 404, body: { code: 'workflow-not-found' } });
  });

  it('answers 503 while Step Functions throttles', async () => {
    world.sfn.faults.fail('DescribeExecution', 'refuse', 3);

    expect((await read('any')).status).toBe(503);
  });
});

describe('an execution that Step Functions does not show', () => {
  it('is running as long as its task is pending', async () => {
    await world.tasks.createIfAbsent({
      taskId: 'new',
      executionArn: arnOf('new'),
      status: 'PENDING',
      expiresAt: 1_900_000_000,
    });

    expect((await get('new')).body).toEqual({
      id: 'new',
      status: 'RUNNING',
      startDate: '2027-01-15T08:00:00.000Z',
      externalServiceOutput: [],
    });
  });

  it('ended as its task did', async () => {
    const begun = {
      executionArn: 'arn:x',
      taskToken: 't',
      attempt: 1,
      redriveCount: 0,
      resumeToken: 'r',
      expiresAt: 1_900_000_000,
    };
    await world.tasks.beginAttempt({ ...begun, taskId: 'old' });
    await world.tasks.recordOutcome('old', 'r', { status: 'SUCCEEDED', output: '{"data":1,"status":"succeeded"}' });
    await world.tasks.beginAttempt({ ...begun, taskId: 'lost' });
    await world.tasks.recordOutcome('lost', 'r', { status: 'FAILED', error: 'NoStock', cause: 'Sold out' });

    expect((await get('old')).body).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: 1 }],
    });
    expect((await get('lost')).body).toMatchObject({ status: 'FAILED', error: 'NoStock', cause: 'Sold out' });
  });

  it('is looked for a few times when it has no task record of its own', async () => {
    let looks = 0;
    const late = world.fresh();
    late.executions.describe = async () =>
      ++looks < 3 ? undefined : { executionArn: 'a', status: 'RUNNING', startDate: new Date(0) };

    const answer = await late.call(getCompositeWorkflow(late), { pathParameters: { compositeWorkflowId: 'late' } });

    expect(answer).toMatchObject({ status: 200, body: { status: 'RUNNING' } });
    expect(looks).toBe(3);
  });
});
