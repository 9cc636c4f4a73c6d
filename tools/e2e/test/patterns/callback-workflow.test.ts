/** Proves the callback pattern and the composite one, started straight through the Step Functions API, by their histories. */
import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { executionArn } from '../../src/step-functions';
import { waitUntil } from '../../src/wait';
import { mocked } from '../../src/workflow-api';
import { executions, target, tasks, uniqueName, workflows } from '../support/context';
import { it } from '../support/it';

const waitingForCallback = ['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted'];

/** Event types from the first callback task on; what comes before are the checks of the input. */
async function typesFromTask(arn: string): Promise<string[]> {
  const types = await executions.eventTypes(arn);
  return types.slice(types.indexOf('TaskStateEntered'));
}

/** A task whose request was answered: a callback may come before that, and then the history says less. */
async function submittedTask(): Promise<{ id: string; arn: string; resumeToken: string }> {
  const arn = await executions.start(target.workflowStateMachineArn, mocked({ outcome: 'silent' }), uniqueName('task'));
  await waitUntil(
    () => executions.eventTypes(arn),
    (types) => types.includes('TaskSubmitted'),
    { what: 'the request to be answered' },
  );
  const id = arn.slice(arn.lastIndexOf(':') + 1);
  return { id, arn, resumeToken: (await tasks.callable(id)).resumeToken };
}

describe('Workflow', () => {
  it.concurrent('submits, waits for the callback, and finalizes', async () => {
    const { id, arn, resumeToken } = await submittedTask();
    await workflows.callBack(id, { resumeToken, status: 'succeeded', data: { direct: true } });

    const { status, output } = await executions.ended(arn);

    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({ externalServiceOutput: [{ status: 'succeeded', data: { direct: true } }] });
    expect(await typesFromTask(arn)).toEqual([
      ...waitingForCallback,
      'TaskSucceeded',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it.concurrent('fails after a failed callback: the failure is settled, then ends the execution', async () => {
    const { id, arn, resumeToken } = await submittedTask();
    await workflows.callBack(id, { resumeToken, status: 'failed', error: 'Refused', cause: 'Not today.' });

    expect(await executions.ended(arn)).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'Not today.' });
    const types = await typesFromTask(arn);
    expect(types.slice(0, 6)).toEqual([...waitingForCallback, 'TaskFailed', 'TaskStateExited']);
    expect(types.at(-1)).toBe('ExecutionFailed');
  });

  it.concurrent('shows an execution that was started without the API as task and workflow, too', async () => {
    const arn = await executions.start(
      target.workflowStateMachineArn,
      mocked({ outcome: 'succeed' }),
      uniqueName('own'),
    );
    const id = arn.slice(arn.lastIndexOf(':') + 1);

    expect(await executions.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await workflows.workflow(id)).toMatchObject({ id, status: 'SUCCEEDED' });
    expect(await workflows.task(id)).toMatchObject({ taskId: id, status: 'SUCCEEDED', attempt: 1 });
  });

  it.concurrent('ends in InvalidInput for input that nobody can serve', async () => {
    const inputs = [
      { timeoutSeconds: 0 },
      { timeoutSeconds: 'x' },
      { timeoutSeconds: 10, heartbeatSeconds: 10 },
      [],
      'text',
    ];

    const ended = await Promise.all(inputs.map((input) => executions.run(target.workflowStateMachineArn, input)));

    expect(ended.map(({ status, error }) => ({ status, error }))).toEqual(
      inputs.map(() => ({ status: 'FAILED', error: 'InvalidInput' })),
    );
    expect(ended[0]?.cause).toContain('timeoutSeconds');
  });
});

describe('Step Functions', () => {
  it.concurrent('StartExecution repeated with equal input while running returns the same execution', async () => {
    const name = uniqueName('equal');
    const input = mocked({ outcome: 'silent' });
    const first = await executions.start(target.workflowStateMachineArn, input, name);

    expect(await executions.start(target.workflowStateMachineArn, input, name)).toBe(first);
  });

  it.concurrent('StartExecution repeated with other input is ExecutionAlreadyExists', async () => {
    const name = uniqueName('unequal');
    await executions.start(target.workflowStateMachineArn, { timeoutSeconds: 60 }, name);

    await expect(executions.start(target.workflowStateMachineArn, { timeoutSeconds: 61 }, name)).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  it.concurrent('SendTaskSuccess for a task that has ended is TaskTimedOut', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'silent' }));
    const { resumeToken, taskToken } = await tasks.callable(id);
    await workflows.callBack(id, { resumeToken, status: 'succeeded' });
    await workflows.endedWorkflow(id);

    const late = executions.client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));

    await expect(late).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it.concurrent('SendTaskSuccess with a token that is none is InvalidToken', async () => {
    const malformed = executions.client.send(new SendTaskSuccessCommand({ taskToken: 'none', output: '{}' }));

    await expect(malformed).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});

describe('Workflow Composite', () => {
  it.concurrent('runs its sub-workflows as executions of their own and waits for each', async () => {
    const {
      executionArn: arn,
      status,
      output,
    } = await executions.run(target.compositeStateMachineArn, {
      names: ['one', 'two'],
    });

    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({ externalServiceOutput: [{}, {}] });
    const events = await executions.history(arn);
    const types = events.map(({ type }) => type);
    for (const type of ['MapIterationStarted', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']) {
      expect(types.filter((candidate) => candidate === type)).toHaveLength(2);
    }
    expect(types.at(-1)).toBe('ExecutionSucceeded');
    expect(events.flatMap(({ taskScheduledEventDetails: task }) => task?.resource ?? [])).toEqual([
      'startExecution.sync:2',
      'startExecution.sync:2',
    ]);
  });

  it.concurrent('ends in InvalidInput for names that are not 1 to 40 strings', async () => {
    const inputs = [{ names: [] }, { names: Array.from({ length: 41 }, String) }, { names: 'corge' }, { names: [1] }];

    const ended = await Promise.all(inputs.map((input) => executions.run(target.compositeStateMachineArn, input)));

    expect(ended.map(({ status, error }) => ({ status, error }))).toEqual(
      inputs.map(() => ({ status: 'FAILED', error: 'InvalidInput' })),
    );
    for (const { cause } of ended) {
      expect(cause).toContain('names');
    }
  });
});

it.concurrent('StopExecution ends a workflow as ABORTED with error and cause, and its task tells so', async () => {
  const id = await workflows.startTask(mocked({ outcome: 'silent' }));
  await tasks.callable(id);
  const arn = executionArn(target.workflowStateMachineArn, id);

  await executions.stop(arn, 'Cancelled', 'No longer needed.');

  expect(await executions.ended(arn)).toMatchObject({
    status: 'ABORTED',
    error: 'Cancelled',
    cause: 'No longer needed.',
  });
  expect(await workflows.endedTask(id)).toMatchObject({ status: 'ABORTED' });
  expect((await executions.eventTypes(arn)).at(-1)).toBe('ExecutionAborted');
});
