/**
 * Proves that nothing a client sends is answered with a 5xx (the client in `src/api-client.ts` fails the test on the
 * first one), that every refusal is a problem document naming the field, and that a refusal changes nothing.
 */
import { executionArn } from '../../src/step-functions';
import { mocked } from '../../src/workflow-api';
import { executions, idempotentApi, target, tasks, uniqueName, workflows } from '../support/context';
import { expectProblem } from '../support/expectations';
import { it } from '../support/it';

describe('POST /workflows and POST /tasks', () => {
  const cases: readonly [body: unknown, ...fields: string[]][] = [
    [{ timeoutSeconds: 0 }, 'timeoutSeconds'],
    [{ timeoutSeconds: 31_536_001 }, 'timeoutSeconds'],
    [{ timeoutSeconds: 1.5 }, 'timeoutSeconds'],
    [{ timeoutSeconds: '60' }, 'timeoutSeconds'],
    [{ timeoutSeconds: null }, 'timeoutSeconds'],
    [{ heartbeatSeconds: 0 }, 'heartbeatSeconds'],
    [{ heartbeatSeconds: -1 }, 'heartbeatSeconds'],
    [{ heartbeatSeconds: 3600 }, 'heartbeatSeconds'],
    [{ timeoutSeconds: 10, heartbeatSeconds: 10 }, 'heartbeatSeconds'],
    [{ timeoutSeconds: 10, heartbeatSeconds: 11 }, 'heartbeatSeconds'],
    [{ timeoutSeconds: 'x', heartbeatSeconds: 'y' }, 'timeoutSeconds', 'heartbeatSeconds'],
    [{ Input: {} }, 'Input'],
  ];

  it('name each invalid field with 422', async () => {
    for (const path of ['workflows', 'tasks']) {
      for (const [body, ...fields] of cases) {
        expectProblem(await workflows.api.post(path, body), { status: 422, code: 'invalid-body', fields });
      }
    }
  });

  it('accept timeouts and heartbeats at their bounds', async () => {
    const silent = mocked({ outcome: 'silent' });
    for (const bounds of [{ timeoutSeconds: 31_536_000 }, { timeoutSeconds: 2, heartbeatSeconds: 1 }]) {
      const id = await workflows.startWorkflow({ ...silent, ...bounds });
      await executions.stop(executionArn(target.workflowStateMachineArn, id), 'Cleanup', 'The test is over.');
    }
  });

  it('take input that names what prototypes have, as data and nothing else', async () => {
    const rawBody =
      '{"input":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,"mock":{"outcome":"succeed"}}}';
    const answer = await workflows.api.call('POST', 'tasks', { rawBody });

    expect(answer.status).toBe(202);
    const id = String((answer.body as { taskId?: unknown }).taskId);
    expect(await workflows.endedTask(id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('answer a number beyond a double with 422 that names it', async () => {
    const answer = await workflows.api.call('POST', 'tasks', { rawBody: '{"input":{"a":[1,1e999]}}' });

    expectProblem(answer, { status: 422, code: 'invalid-body', fields: ['input.a.1'] });
  });
});

describe('POST /compositeWorkflows', () => {
  const long = 'n'.repeat(257);
  const cases: readonly [body: unknown, ...fields: string[]][] = [
    [{ names: [] }, 'names'],
    [{ names: Array.from({ length: 41 }, String) }, 'names'],
    [{ names: 'corge' }, 'names'],
    [{ names: null }, 'names'],
    [{ names: ['a', 1, 'b'] }, 'names.1'],
    [{ names: [''] }, 'names.0'],
    [{ names: ['a', 'b', long] }, 'names.2'],
    [{ name: ['a'] }, 'name'],
  ];

  it('names each invalid field with 422', async () => {
    for (const [body, ...fields] of cases) {
      const answer = await workflows.api.post('compositeWorkflows', body);
      expectProblem(answer, { status: 422, code: 'invalid-body', fields });
      expect(answer.text).not.toContain(long);
    }
  });
});

describe('POST /workflow', () => {
  const cases: readonly [body: unknown, ...fields: string[]][] = [
    [{}, 'name'],
    [{ input: {} }, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'n'.repeat(81) }, 'name'],
    [{ name: 'with space' }, 'name'],
    [{ name: 'slash/ed' }, 'name'],
    [{ name: 'bell\u0007' }, 'name'],
    [{ name: 'del\u007f' }, 'name'],
    [{ name: 'nul\u0000' }, 'name'],
    [{ name: 'ümlaut' }, 'name'],
    [{ name: '😀' }, 'name'],
    [{ name: 12 }, 'name'],
    [{ name: null }, 'name'],
    [{ name: ['a'] }, 'name'],
    [{ name: 'fine', input: { delaySeconds: -1 } }, 'input.delaySeconds'],
    [{ name: 'fine', input: { delaySeconds: 61 } }, 'input.delaySeconds'],
    [{ name: 'fine', input: { delaySeconds: 0.5 } }, 'input.delaySeconds'],
    [{ name: 'fine', input: { delaySeconds: '1' } }, 'input.delaySeconds'],
    [{ name: 'fine', input: { delaySeconds: null } }, 'input.delaySeconds'],
  ];

  it('names each invalid field with 422', async () => {
    for (const [body, ...fields] of cases) {
      expectProblem(await idempotentApi.post('workflow', body), { status: 422, code: 'invalid-body', fields });
    }
  });

  it('starts nothing for a refused body', async () => {
    const name = uniqueName('refused');

    await idempotentApi.post('workflow', { name, input: { delaySeconds: 61 } });

    expectProblem(await idempotentApi.get(`workflow/${name}`), { status: 404, code: 'workflow-not-found' });
  });
});

describe('PUT /tasks/{taskId}', () => {
  it('names each invalid field, and leaves the task as it was', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'silent' }));
    const { resumeToken } = await tasks.callable(id);
    const before = await tasks.find(id);
    const valid = { id, resumeToken, status: 'succeeded' };
    const cases: readonly [body: unknown, ...fields: string[]][] = [
      [{ ...valid, status: 'done' }, 'status'],
      [{ ...valid, status: undefined }, 'status'],
      [{ ...valid, status: null }, 'status'],
      [{ ...valid, resumeToken: 12 }, 'resumeToken'],
      [{ ...valid, resumeToken: { $ne: '' } }, 'resumeToken'],
      [{ ...valid, id: 'another' }, 'id'],
      [{ ...valid, id: 7 }, 'id'],
      [{ ...valid, error: 'Contradiction' }, 'error'],
      [{ ...valid, status: 'failed', error: '' }, 'error'],
      [{ ...valid, status: 'failed', error: 'e'.repeat(257) }, 'error'],
      [{ ...valid, status: 'failed', error: 'States.Timeout' }, 'error'],
      [{ ...valid, status: 'failed', cause: 'c'.repeat(32_769) }, 'cause'],
      [{ ...valid, status: 'failed', data: {} }, 'data'],
    ];

    for (const [body, ...fields] of cases) {
      const answer = await workflows.api.put(`tasks/${id}`, body);
      expectProblem(answer, { status: 422, code: 'invalid-body', fields });
      expect(answer.text).not.toContain(resumeToken);
    }

    expect(await tasks.find(id)).toEqual(before);
    expect(await workflows.task(id)).toMatchObject({ status: 'PENDING' });
  });
});

describe('GET with ids that no execution can have', () => {
  const ids = [
    'n'.repeat(81),
    'n'.repeat(2000),
    '%00',
    '%07',
    'a%20b',
    '%2e%2e',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '%F0%9F%98%80',
    '*',
    "'%20OR%201=1",
    '__proto__',
    'constructor',
    '$%7Bjndi%7D',
  ];

  it('answers 404', async () => {
    for (const id of ids) {
      for (const path of [`workflows/${id}`, `compositeWorkflows/${id}`, `tasks/${id}`]) {
        expect((await workflows.api.get(path)).status).toBe(404);
      }
      expect((await idempotentApi.get(`workflow/${id}`)).status).toBe(404);
    }
  });
});

describe('paths that are none', () => {
  const paths = [
    '%',
    '%zz',
    '%c3%28',
    '..',
    '../..',
    '..%2f..%2fetc',
    '/',
    '//',
    ';',
    '?',
    '#',
    'a?b=%',
    '%00',
    `${'a/'.repeat(500)}`,
  ];

  it('are answered with a 4xx', async () => {
    for (const path of paths) {
      const status = await workflows.api.statusOf(`tasks/${path}`);
      expect({ path, is4xx: status >= 400 && status < 500 }).toEqual({ path, is4xx: true });
    }
  });
});
