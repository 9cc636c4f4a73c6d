/**
 * Proves what every route that takes a body answers to one that it cannot read. The client in `src/api-client.ts` fails
 * the test on the first 5xx.
 */
import type { ApiClient } from '../../src/api-client';
import { idempotentApi, workflows } from '../support/context';
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
