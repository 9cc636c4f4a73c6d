/** Proves that neither token reaches a log, whatever clients and the external service do with it. */
import { scanForTokens } from '../../src/leaked-tokens';
import { executionArn } from '../../src/step-functions';
import { foreignToken, mocked } from '../../src/workflow-api';
import { executions, target, tasks, workflows } from '../support/context';
import { it } from '../support/it';

const logs = process.env.E2E_LOGS ?? '';

/** Task tokens of every attempt, as the history has them. */
async function submittedTokens(id: string): Promise<string[]> {
  const events = await executions.history(executionArn(target.workflowStateMachineArn, id));
  return events.flatMap(({ taskScheduledEventDetails: task }) => {
    const token = /"taskToken"\s*:\s*"([^"]+)"/.exec(task?.parameters ?? '')?.[1];
    return token === undefined ? [] : [token];
  });
}

describe('logs', () => {
  it('hold no task token and no resume token, and do hold the ids of the tasks', async () => {
    const waiting = await workflows.startTask({ ...mocked({ outcome: 'silent' }), timeoutSeconds: 60 });
    const { resumeToken } = await tasks.callable(waiting);
    const wrong = foreignToken();
    await workflows.callBack(waiting, { resumeToken: wrong, status: 'succeeded' });
    await workflows.api.put(`tasks/${waiting}`, { resumeToken, status: 'succeeded', surplus: resumeToken });
    await workflows.api.call('PUT', `tasks/${waiting}`, { rawBody: `{"resumeToken":"${resumeToken}"` });
    await workflows.heartbeat(waiting, resumeToken);
    await workflows.callBack(waiting, { resumeToken, status: 'succeeded' });
    const ids = [
      waiting,
      await workflows.startTask(mocked({ outcome: 'flaky' })),
      await workflows.startTask(mocked({ outcome: 'fail' })),
      await workflows.startTask(mocked({ outcome: 'reject' })),
      await workflows.startTask(mocked({ outcome: 'succeed', duplicates: 2, conflicting: true, heartbeats: 1 })),
      await workflows.startTask(mocked({ outcome: 'succeed', wrongToken: true })),
    ];
    await Promise.all(ids.map((id) => workflows.endedWorkflow(id)));

    const tokens = [...(await tasks.tokens()), ...(await Promise.all(ids.map(submittedTokens))).flat(), wrong];
    const { files, bytes, leaks } = scanForTokens(logs, tokens);

    expect(tokens.length).toBeGreaterThan(ids.length * 2);
    expect(files).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(0);
    expect(leaks).toEqual([]);
    // The scan sees what is there: the same search finds the task ids.
    expect(scanForTokens(logs, [waiting]).leaks).not.toEqual([]);
  });
});
