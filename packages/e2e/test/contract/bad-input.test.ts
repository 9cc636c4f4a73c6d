/**
 * Proves that nothing a client sends is answered with a 5xx (the client in `src/api-client.ts` fails the test on the
 * first one), that every refusal is a problem document naming the field, and that a refusal changes nothing.
 */
import type { ApiClient } from '../../src/api-client';
import { executionArn } from '../../src/step-functions';
import { mocked } from '../../src/workflow-api';
import { executions, idempotentApi, target, tasks, uniqueName, workflows } from '../support/context';
import { expectProblem } from '../support/expectations';
import { it } from '../support/it';

interface Route {
  readonly api: ApiClient;
  readonly method: string;
  readonly path: string;
}

const workflowRoutes: readonly Route[] = [
  { api: workflows.api, method: 'POST', path: 'workflows' },
  { api: workflows.api, method: 'POST', path: 'tasks' },
  { api: workflows.api, method: 'POST', path: 'compositeWorkflows' },
  { api: workflows.api, method: 'PUT', path: 'tasks/nobody' },
  { api: workflows.api, method: 'POST', path: 'tasks/nobody/heartbeat' },
  { api: idempotentApi, method: 'POST', path: 'workflow' },
];

const notJson = [
  '{',
  'hello',
  '{"a":1,}',
  "{'a':1}",
  '{"a":1} {"b":2}',
  '[1,2',
  '\u0000',
  '{"a":NaN}',
  '\ufeff{',
  'undefined',
];
const notObjects = ['null', '12', '"text"', '[]', 'true', '[{"input":{}}]'];

describe.each(workflowRoutes)('$method /$path', ({ api, method, path }) => {
  const send = (rawBody: string | Buffer) => api.call(method, path, { rawBody });

  it('answers what is not JSON with 400', async () => {
    for (const rawBody of notJson) {
      expectProblem(await send(rawBody), { status: 400, code: 'malformed-json' });
    }
  });

  it('answers bytes that are not UTF-8 with a 4xx', async () => {
    expect([400, 422]).toContain((await send(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).status);
  });

  it('answers JSON that is not an object with 422', async () => {
    for (const rawBody of notObjects) {
      expect(expectProblem(await send(rawBody), { status: 422, code: 'invalid-body' }).errors).not.toHaveLength(0);
    }
  });

  it('answers an unknown field with 422 that names it', async () => {
    const { errors } = expectProblem(await send('{"surplus":1}'), { status: 422, code: 'invalid-body' });

    expect(errors?.some(({ field }) => field === 'surplus' || field === 'status' || field === 'name')).toBe(true);
  });

  it('answers 300 KiB with 413', async () => {
    const rawBody = JSON.stringify({ input: 'x'.repeat(300 * 1024) });

    expectProblem(await send(rawBody), { status: 413, code: 'body-too-large' });
  });

  it('answers deeply nested JSON with a 4xx', async () => {
    for (const rawBody of [
      `${'{"input":'.repeat(10_000)}[]${'}'.repeat(10_000)}`,
      `{"input":${'['.repeat(100)}${']'.repeat(100)}}`,
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    ]) {
      expect([400, 422]).toContain((await send(rawBody)).status);
    }
  });

  it('answers another content type with 415', async () => {
    const answer = await api.call(method, path, { rawBody: '{}', headers: { 'content-type': 'text/plain' } });

    expectProblem(answer, { status: 415, code: 'unsupported-media-type' });
  });
});

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
