/**
 * Proves that every POST that starts something honours `Idempotency-Key`: same key and payload, the same answer;
 * same key and another payload, 422.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 */
import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../../src/api-client';
import { expectStatus, mocked } from '../../src/workflow-api';
import { idempotentApi, uniqueName, workflows } from '../support/context';
import { expectProblem } from '../support/expectations';
import { it } from '../support/it';

interface Start {
  readonly api: ApiClient;
  readonly path: string;
  readonly status: number;
  readonly payload: unknown;
  /** Equal to `payload`, with its keys in another order. */
  readonly reordered: unknown;
  readonly otherPayload: unknown;
}

const name = uniqueName('keyed');
const started = {
  api: workflows.api,
  status: 202,
  payload: { input: { a: 1, b: 2 }, timeoutSeconds: 60 },
  reordered: { timeoutSeconds: 60, input: { b: 2, a: 1 } },
};
const starts: readonly Start[] = [
  { ...started, path: 'workflows', otherPayload: { input: { a: 1, b: 3 }, timeoutSeconds: 60 } },
  { ...started, path: 'tasks', otherPayload: { input: { a: 1, b: 2 }, timeoutSeconds: 61 } },
  {
    api: workflows.api,
    path: 'compositeWorkflows',
    status: 202,
    payload: { names: ['a', 'b'] },
    reordered: { names: ['a', 'b'] },
    otherPayload: { names: ['b', 'a'] },
  },
  {
    api: idempotentApi,
    path: 'workflow',
    status: 201,
    payload: { name, input: { a: 1, b: 2 } },
    reordered: { input: { b: 2, a: 1 }, name },
    otherPayload: { name, input: { a: 1, b: 3 } },
  },
];

for (const { api, path, status, payload, reordered, otherPayload } of starts) {
  describe(`Idempotency-Key on POST /${path}`, () => {
    it(`/${path} answers the same key and payload with the same answer, whatever the order of keys`, async () => {
      const key = { 'idempotency-key': `"${randomUUID()}"` };
      const first = expectStatus(await api.post(path, payload, key), status);

      const again = await api.post(path, reordered, key);

      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(identity(again.body)).toEqual(identity(first.body));
    });

    it(`/${path} answers the same key and another payload with 422`, async () => {
      const key = { 'idempotency-key': `"${randomUUID()}"` };
      await api.post(path, payload, key);

      expectProblem(await api.post(path, otherPayload, key), { status: 422, code: 'idempotency-key-reused' });
    });

    it(`/${path} refuses an empty and an overlong key with 400 that names the header`, async () => {
      for (const key of ['""', `"${'k'.repeat(256)}"`, '"unclosed']) {
        expectProblem(await api.post(path, payload, { 'idempotency-key': key }), {
          status: 400,
          code: 'invalid-idempotency-key',
          fields: ['Idempotency-Key'],
        });
      }
    });
  });
}

describe('Idempotency-Key', () => {
  it('starts one workflow for 20 simultaneous equal requests', async () => {
    const key = { 'idempotency-key': `"${randomUUID()}"` };

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => workflows.api.post('workflows', mocked({ outcome: 'succeed' }), key)),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
  });

  it('still answers with the same workflow after its end', async () => {
    const key = { 'idempotency-key': `"${randomUUID()}"` };
    const first = expectStatus(await workflows.api.post('tasks', mocked({ outcome: 'succeed' }), key), 202);
    await workflows.endedTask(taskIdOf(first.body));

    const again = expectStatus(await workflows.api.post('tasks', mocked({ outcome: 'succeed' }), key), 202);

    expect(taskIdOf(again.body)).toBe(taskIdOf(first.body));
  });

  it('keeps keys of different routes apart', async () => {
    const key = { 'idempotency-key': `"${randomUUID()}"` };

    const workflow = expectStatus(await workflows.api.post('workflows', { timeoutSeconds: 60 }, key), 202);
    const task = expectStatus(await workflows.api.post('tasks', { timeoutSeconds: 60 }, key), 202);

    expect(identity(workflow.body)).not.toEqual(identity(task.body));
  });

  it('takes a bare key as the quoted one', async () => {
    const key = randomUUID();
    const quoted = await workflows.api.post('workflows', {}, { 'idempotency-key': `"${key}"` });

    const bare = await workflows.api.post('workflows', {}, { 'idempotency-key': key });

    expect(identity(bare.body)).toEqual(identity(quoted.body));
  });
});

/** What of an answer tells which execution it is about; the status of that may have moved on. */
function identity(body: unknown): unknown {
  const { id, taskId, executionArn, startDate } = { ...(body as Record<string, unknown>) };
  return { id, taskId, executionArn, startDate };
}

function taskIdOf(body: unknown): string {
  return String({ ...(body as Record<string, unknown>) }.taskId);
}
