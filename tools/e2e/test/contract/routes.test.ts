/** Proves what the APIs answer beside their routes. */
import { idempotentApi, workflows } from '../support/context';
import { expectProblem } from '../support/expectations';
import { it } from '../support/it';

const routes = [
  { api: workflows.api, path: 'workflows', allow: ['POST'] },
  { api: workflows.api, path: 'workflows/some-id', allow: ['GET'] },
  { api: workflows.api, path: 'tasks', allow: ['POST'] },
  { api: workflows.api, path: 'tasks/some-id', allow: ['GET', 'PUT'] },
  { api: workflows.api, path: 'tasks/some-id/heartbeat', allow: ['POST'] },
  { api: workflows.api, path: 'compositeWorkflows', allow: ['POST'] },
  { api: workflows.api, path: 'compositeWorkflows/some-id', allow: ['GET'] },
  { api: idempotentApi, path: 'workflow', allow: ['POST'] },
  { api: idempotentApi, path: 'workflow/some-name', allow: ['GET'] },
];

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

describe.each(routes)('/$path', ({ api, path, allow }) => {
  it(`/${path} answers every other method with 405 and Allow: ${allow.join(', ')}`, async () => {
    for (const method of methods.filter((candidate) => !allow.includes(candidate))) {
      const answer = await api.call(method, path);
      expectProblem(answer, { status: 405, code: 'method-not-allowed' });
      expect(answer.headers.get('allow')?.split(/,\s*/).sort()).toEqual([...allow].sort());
    }
  });
});

describe('routes that there are not', () => {
  it('are 404 problems on either API', async () => {
    for (const path of ['', 'nothing', 'workflows/a/b', 'tasks/a/heartbeats', 'Workflows', 'external', 'requests']) {
      expectProblem(await workflows.api.get(path), { status: 404, code: 'route-not-found' });
    }
    for (const path of ['', 'workflows', 'workflow/a/b', 'tasks/x']) {
      expectProblem(await idempotentApi.get(path), { status: 404, code: 'route-not-found' });
    }
  });
});

describe('every answer', () => {
  it('may not be cached and is taken for what it says it is', async () => {
    const answers = [await workflows.api.post('tasks', {}), await workflows.api.get('nothing')];

    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
