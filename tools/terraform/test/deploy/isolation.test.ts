import { checkIsolation, sharedOutputs } from '../../src/deploy/isolation';

const outputs = (environment: string) => ({
  WorkflowsStack: { WorkflowApiEndpoint: `http://${environment}.test/prod/`, TasksTableName: `${environment}-tasks` },
});

/** Answers like two deployments, each of which knows its own tasks; or like one that serves both addresses. */
const deployments = (isShared: boolean): typeof fetch => {
  return async (input, init) => {
    const url = String(input);
    if (init?.method === 'POST') {
      return Response.json({ taskId: 'a-task' }, { status: 202 });
    }
    return Response.json({}, { status: isShared || url.startsWith('http://other.test/') ? 200 : 404 });
  };
};

describe('checkIsolation', () => {
  it('accepts two stages of which each knows its own tasks only', async () => {
    await expect(checkIsolation(outputs('dev'), outputs('other'), deployments(false))).resolves.toBeUndefined();
  });

  it('rejects a task that both stages know', async () => {
    await expect(checkIsolation(outputs('dev'), outputs('other'), deployments(true))).rejects.toThrow(
      'GET http://dev.test/prod/tasks/{taskId} answered 200; expected 404.',
    );
  });

  it('rejects a start that does not answer with a task', async () => {
    const failing: typeof fetch = async () => Response.json({}, { status: 500 });

    await expect(checkIsolation(outputs('dev'), outputs('other'), failing)).rejects.toThrow(
      'answered 500; expected 202',
    );
  });
});

describe('sharedOutputs', () => {
  it('names outputs with equal values', () => {
    const shared = {
      WorkflowsStack: { ...outputs('dev').WorkflowsStack, WorkflowApiEndpoint: 'http://other.test/prod/' },
    };

    expect(sharedOutputs(shared, outputs('other'))).toEqual(['WorkflowsStack.WorkflowApiEndpoint']);
  });
});
