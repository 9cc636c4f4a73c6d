/** Proves what `POST /external` answers, refuses and shows. */
import { type CallbackJob, createApp } from '../src/app';
import type { LogFields } from '../src/log';
import { RequestRecorder } from '../src/recorder';
import { isBelow } from '../src/task-request';
import { task } from './support/api';

const PREFIX = 'https://api.example/prod/';
const URL_OF_TASK = `${PREFIX}tasks/task-1`;

function newApp(options: { prefix?: string; capacity?: number; schedule?: () => Promise<void> } = {}) {
  const jobs: CallbackJob[] = [];
  const logged: (LogFields & { message: string })[] = [];
  const app = createApp({
    schedule: (job) => {
      jobs.push(job);
      return options.schedule?.();
    },
    maxDelayMs: 30_000,
    now: () => 1_800_000_000_000,
    log: (message, fields) => logged.push({ message, ...fields }),
    allowedCallbackUrlPrefix: options.prefix,
    recorder: new RequestRecorder(options.capacity ?? 10),
  });
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    app.request('/external', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'task-1', ...headers },
      body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
    });
  return { app, jobs, logged, post };
}

describe('POST /external', () => {
  it('accepts a task with 202 and schedules its callbacks', async () => {
    const { post, jobs } = newApp();

    const answer = await post(task(URL_OF_TASK));

    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ id: 'task-1', status: 'accepted' });
    expect(jobs).toMatchObject([{ request: { id: 'task-1' }, mock: { outcome: 'succeed' } }]);
  });

  it('silent: accepts, and has nothing to schedule', async () => {
    const { post, jobs } = newApp();

    expect((await post(task(URL_OF_TASK, { outcome: 'silent' }))).status).toBe(202);
    expect(jobs).toEqual([]);
  });

  it('reject: refuses with 422 and schedules nothing', async () => {
    const { post, jobs } = newApp();

    const answer = await post(task(URL_OF_TASK, { outcome: 'reject' }));

    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'rejected-as-asked' });
    expect(jobs).toEqual([]);
  });

  it('flaky: answers 503 to the first attempt and accepts every other, keeping no state', async () => {
    const { post, jobs } = newApp();
    const flaky = task(URL_OF_TASK, { outcome: 'flaky' });

    const statuses = [];
    for (const attempt of ['1', '1', '2', '3']) {
      statuses.push((await post(flaky, { 'x-attempt': attempt })).status);
    }

    expect(statuses).toEqual([503, 503, 202, 202]);
    expect(jobs).toHaveLength(2);
    expect(await (await post(flaky)).json()).toMatchObject({ status: 422, code: 'attempt-unknown' });
  });

  it.each([
    ['{', 400, 'malformed-json'],
    [new Blob([Buffer.from([0x22, 0xff, 0x22])]), 400, 'malformed-json'],
    ['null', 422, 'invalid-body'],
    ['x'.repeat(262_144), 413, 'body-too-large'],
  ])('refuses a body that is none', async (body, status, code) => {
    const answer = await newApp().post(body);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, code });
  });

  it('has one title for each kind of problem, and says in the detail what is wrong this time', async () => {
    const documents = [];
    for (const body of [{}, { ...task(URL_OF_TASK), more: 1 }]) {
      documents.push(await (await newApp().post(body)).json());
    }

    const [missing, unknown] = documents as { title: string; detail: string }[];
    expect(missing?.title).toBe('The request body is invalid');
    expect(unknown?.title).toBe(missing?.title);
    expect(unknown?.detail).not.toBe(missing?.detail);
  });

  it.each([
    [{ ...task(URL_OF_TASK), id: '' }, 'id'],
    [{ ...task(URL_OF_TASK), resumeToken: 7 }, 'resumeToken'],
    [{ ...task('file:///etc/passwd') }, 'callbackUrl'],
    [{ ...task('/tasks/1') }, 'callbackUrl'],
    [{ ...task(URL_OF_TASK), more: 1 }, 'more'],
    [task(URL_OF_TASK, { outcome: 'explode' }), 'payload.mock.outcome'],
    [task(URL_OF_TASK, { delayMs: -1 }), 'payload.mock.delayMs'],
    [task(URL_OF_TASK, { delayMs: 30_001 }), 'payload.mock.delayMs'],
    [task(URL_OF_TASK, { duplicates: 11 }), 'payload.mock.duplicates'],
    [task(URL_OF_TASK, { heartbeats: 1.5 }), 'payload.mock.heartbeats'],
    [task(URL_OF_TASK, { conflicting: 'yes' }), 'payload.mock.conflicting'],
    [task(URL_OF_TASK, { outcome: 'fail', data: 1 }), 'payload.mock.data'],
    [task(URL_OF_TASK, { outcome: 'silent', duplicates: 1 }), 'payload.mock.duplicates'],
    [task(URL_OF_TASK, { unknown: 1 }), 'payload.mock.unknown'],
    [{ ...task(URL_OF_TASK), payload: { mock: 'succeed' } }, 'payload.mock'],
  ])('names what is wrong with a task, and repeats nothing of it', async (body, field) => {
    const { post, jobs } = newApp();

    const answer = await post(body);
    const text = await answer.text();

    expect(answer.status).toBe(422);
    expect(JSON.parse(text).errors).toEqual([expect.objectContaining({ field })]);
    expect(text).not.toContain('resume-secret');
    expect(jobs).toEqual([]);
  });

  it('takes any payload: only the member "mock" of an object means something', async () => {
    for (const payload of [
      null,
      1,
      'mock',
      ['mock'],
      { other: 1 },
      JSON.parse('{"__proto__":{"mock":{"outcome":"reject"}}}'),
    ]) {
      expect((await newApp().post({ ...task(URL_OF_TASK), payload })).status).toBe(202);
    }
  });

  it.each([
    ['', '#/', '""'],
    ['a/b~c', '#/a~1b~0c', 'a/b~c'],
  ])('names the unknown field %j', async (key, pointer, field) => {
    const { post } = newApp();

    const answer = await post({ ...task(URL_OF_TASK), [key]: 1 });

    expect(await answer.json()).toMatchObject({ errors: [{ pointer, field, detail: 'is not a known field' }] });
  });

  it('answers 503 when the callbacks cannot be scheduled, so that the task is sent again', async () => {
    const { post } = newApp({ schedule: () => Promise.reject(new Error('TooManyRequests')) });

    expect((await post(task(URL_OF_TASK))).status).toBe(503);
  });

  it('logs no token', async () => {
    const { post, logged } = newApp({ schedule: () => Promise.reject(new Error('x')) });

    await post(task(URL_OF_TASK));

    expect(logged.map(({ message }) => message)).toEqual(['task received', 'task not accepted']);
    expect(JSON.stringify(logged)).not.toContain('secret');
  });
});

describe('the callback URL', () => {
  it.each([
    'https://api.example/prod/tasks/1',
    'https://API.example:443/prod/tasks/1',
    'https://api.example/prod/x/../tasks/1',
  ])('is allowed below the prefix: %s', (url) => {
    expect(isBelow(PREFIX, url)).toBe(true);
    expect(isBelow('https://api.example/prod', url)).toBe(true);
  });

  it.each([
    'https://api.example/prod',
    'https://api.example/production/tasks/1',
    'https://api.example/prod/../admin',
    'https://api.example/prod/%2e%2e/admin',
    'https://api.example/prod/..%2fadmin',
    'http://api.example/prod/tasks/1',
    'https://api.example:8443/prod/tasks/1',
    'https://api.example.evil.example/prod/tasks/1',
    'https://api.example@evil.example/prod/tasks/1',
    'https://user:password@api.example/prod/tasks/1',
    'http://169.254.169.254/prod/',
    'http://[::1]/prod/',
  ])('is not allowed anywhere else: %s', async (callbackUrl) => {
    const { post, jobs } = newApp({ prefix: PREFIX });

    const answer = await post(task(callbackUrl));

    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'callback-url-not-allowed', errors: [{ field: 'callbackUrl' }] });
    expect(jobs).toEqual([]);
  });
});

describe('GET /requests', () => {
  it('lists the received requests, including resume tokens, and forgets it when told to', async () => {
    const { app, post } = newApp();
    await post(task(URL_OF_TASK, { outcome: 'silent' }), { 'x-attempt': '2' });
    await post(task(URL_OF_TASK, { outcome: 'reject' }, 'task-2'));

    expect(await (await app.request('/requests?id=task-1')).json()).toEqual({
      requests: [
        {
          receivedAt: '2027-01-15T08:00:00.000Z',
          idempotencyKey: 'task-1',
          attempt: '2',
          status: 202,
          body: task(URL_OF_TASK, { outcome: 'silent' }),
          callbacks: [],
        },
      ],
    });
    expect((await (await app.request('/requests')).json()).requests).toMatchObject([{ status: 202 }, { status: 422 }]);
    expect((await app.request('/requests', { method: 'DELETE' })).status).toBe(204);
    expect(await (await app.request('/requests')).json()).toEqual({ requests: [] });
  });

  it('keeps the latest when there are too many', async () => {
    const { app, post } = newApp({ capacity: 2 });
    for (const id of ['a', 'b', 'c']) {
      await post(task(URL_OF_TASK, { outcome: 'silent' }, id));
    }

    const { requests } = await (await app.request('/requests')).json();
    expect(requests.map(({ body }: { body: { id: string } }) => body.id)).toEqual(['b', 'c']);
  });
});

it('answers every other route with 404', async () => {
  for (const [method, path] of [
    ['GET', '/external'],
    ['POST', '/'],
    ['GET', '/nothing'],
  ] as const) {
    expect((await newApp().app.request(path, { method })).status).toBe(404);
  }
});
