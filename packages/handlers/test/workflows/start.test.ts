/** Proves that the three starts answer as agreed, and that an Idempotency-Key starts one execution however often it is sent. */
import { publicTask } from '../../src/tasks/task-record';
import { startCompositeRoute, startTaskRoute, startWorkflowRoute } from '../../src/workflows/start-routes';
import { StartWorld } from '../support/start-world';
import { arnOf } from '../support/step-functions';
import { useWorld } from '../support/use-world';

let world: StartWorld;

useWorld(StartWorld, (fresh) => {
  world = fresh;
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const post = (path: 'workflows' | 'tasks' | 'compositeWorkflows', body: unknown, key?: string) => {
  const routes = { workflows: startWorkflowRoute, tasks: startTaskRoute, compositeWorkflows: startCompositeRoute };
  const headers = key === undefined ? {} : { 'Idempotency-Key': key };
  return world.call(routes[path](world), { method: 'POST', path: `/${path}`, body, headers });
};

const inputs = () => [...world.sfn.executions.values()].map(({ input }) => input);

describe.each([
  ['workflows', 'id', 'RUNNING'],
  ['tasks', 'taskId', 'PENDING'],
  ['compositeWorkflows', 'id', 'RUNNING'],
] as const)('POST /%s', (path, idField, status) => {
  it('answers 202 with where to look and when, and the id is the execution name', async () => {
    const { status: code, headers, body } = await post(path, {});

    const id = String(body[idField]);
    expect(code).toBe(202);
    expect(id).toMatch(UUID);
    expect(body).toEqual({ [idField]: id, url: `https://api.example/prod/${path}/${id}`, status });
    expect(headers).toMatchObject({ Location: body.url, 'Retry-After': '1', 'Content-Type': 'application/json' });
    expect(world.sfn.executions.has(arnOf(id))).toBe(true);
  });

  it('starts one execution for one key, quoted or bare, and answers the same each time', async () => {
    const key = `key-of-${path}`;

    const answers = await Promise.all([post(path, {}, key), post(path, {}, `"${key}"`), post(path, {}, key)]);

    expect(answers.map(({ status: code }) => code)).toEqual([202, 202, 202]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(String(answers[0]?.body[idField])).toMatch(UUID);
    expect(world.sfn.executions.size).toBe(1);
  });

  it('answers the same after the execution has ended, and says that it is a replay', async () => {
    const first = await post(path, {}, 'ended');
    world.sfn.end(String(first.body[idField]), { status: 'SUCCEEDED', output: '{}' });

    const again = await post(path, {}, 'ended');

    expect(again.body).toEqual(first.body);
    expect(first.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
  });

  it('answers a used key with another payload 422, running or ended', async () => {
    const other = path === 'compositeWorkflows' ? { names: ['other'] } : { timeoutSeconds: 7 };
    const first = await post(path, {}, 'reused');
    expect(await post(path, other, 'reused')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    world.sfn.end(String(first.body[idField]), { status: 'FAILED' });
    expect(await post(path, other, 'reused')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('does not call a start a replay when only its own answer was lost, and the execution is over already', async () => {
    world.sfn.instant = true;
    world.sfn.faults.fail('StartExecution', 'lose-answer');

    const { status: code, headers } = await post(path, {}, 'lost');

    expect(code).toBe(202);
    expect(headers).not.toHaveProperty('Idempotent-Replayed');
    expect(world.sfn.faults.calls.filter((action) => action === 'StartExecution')).toHaveLength(2);
    expect(world.sfn.executions.size).toBe(1);
  });

  it('answers 503 while Step Functions throttles', async () => {
    world.sfn.faults.fail('StartExecution', 'refuse', 3);

    expect(await post(path, {})).toMatchObject({ status: 503, headers: { 'Retry-After': '2' } });
  });

  it.each(['', '"', '"unclosed', 'two, keys', 'ümlaut', 'k'.repeat(256), '"a" "b"'])(
    'answers the key %j with 400 and starts nothing',
    async (key) => {
      expect(await post(path, {}, key)).toMatchObject({ status: 400, body: { code: 'invalid-idempotency-key' } });
      expect(world.sfn.executions.size).toBe(0);
    },
  );
});

describe('what is started', () => {
  it('is canonical JSON with the defaults applied, whatever the order of keys', async () => {
    await post('workflows', { timeoutSeconds: 60, input: { b: 1, a: { d: 2, c: 3 } }, heartbeatSeconds: 5 });
    await post('workflows', {});
    await post('compositeWorkflows', {});

    expect(inputs()).toEqual([
      '{"heartbeatSeconds":5,"input":{"a":{"c":3,"d":2},"b":1},"timeoutSeconds":60}',
      '{"input":{},"timeoutSeconds":3600}',
      '{"names":["corge","grault"]}',
    ]);
  });

  it('is the same for a key with the keys of its payload in another order', async () => {
    const first = await post('tasks', { input: { a: 1, b: 2 } }, 'order');

    expect((await post('tasks', { input: { b: 2, a: 1 } }, 'order')).text).toBe(first.text);
  });

  it('is another execution for the same key on another route', async () => {
    const [task, workflow] = await Promise.all([post('tasks', {}, 'shared'), post('workflows', {}, 'shared')]);

    expect(task.body.taskId).not.toBe(workflow.body.id);
  });

  it('is nothing when the input is too large for Step Functions', async () => {
    const answer = await post('tasks', { input: 'x'.repeat(255_000) });

    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    expect(world.sfn.executions.size).toBe(0);
  });

  it('keeps keys that name what prototypes have as data', async () => {
    const rawBody = '{"input":{"__proto__":{"polluted":true},"constructor":1}}';

    await world.call(startTaskRoute(world), { method: 'POST', path: '/tasks', rawBody });

    expect(inputs()).toEqual(['{"input":{"__proto__":{"polluted":true},"constructor":1},"timeoutSeconds":3600}']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('the first record of a task', () => {
  it('can be read right after the start', async () => {
    const { body } = await post('tasks', { timeoutSeconds: 60 });

    const record = await world.tasks.get(String(body.taskId));

    expect(record).toMatchObject({ expiresAt: 1_800_000_000 + 60 + 91 * 86_400 });
    expect(record && publicTask(record)).toMatchObject({ status: 'PENDING', attempt: 0 });
  });

  it('does not overwrite what call-external was faster to write', async () => {
    const first = await post('tasks', {}, 'faster');
    const taskId = String(first.body.taskId);
    await world.tasks.beginAttempt({
      taskId,
      executionArn: arnOf(taskId),
      taskToken: 't',
      attempt: 1,
      redriveCount: 0,
      resumeToken: 'r',
      expiresAt: 1_900_000_000,
    });

    await post('tasks', {}, 'faster');

    expect(await world.tasks.get(taskId)).toMatchObject({ attempt: 1, resumeToken: 'r' });
  });

  it('tells how an execution ended that was found ended, with its record never written', async () => {
    world.dynamo.faults.fail('PutItem', 'lose-request', 3);
    const first = await post('tasks', {}, 'crashed');
    expect(first.status).toBe(503);
    const [execution] = world.sfn.executions.values();
    world.sfn.end(execution?.name ?? '', { status: 'ABORTED', error: 'Cancelled', cause: 'by hand' });

    const again = await post('tasks', {}, 'crashed');

    expect(again.status).toBe(202);
    expect(await world.tasks.get(String(again.body.taskId))).toMatchObject({ status: 'ABORTED', error: 'Cancelled' });
  });
});
