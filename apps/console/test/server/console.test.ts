/** The console's server over the wire: reads, the live stream, answers and starts, against endpoints that the test holds. */
import { EventEmitter } from 'node:events';
import { request as httpRequest } from 'node:http';
import { answeredEvents, definition, FakeAws, RESUME_TOKEN, START, TASK_TOKEN } from '@workflows/inspector/testing';
import { type Console, type ConsoleOptions, createConsole } from '../../src';
import type {
  AnswerResult,
  EventsPage,
  ExecutionsPage,
  ExecutionView,
  SessionView,
  StartResult,
  WaitingView,
} from '../../src/wire/types';
import { FakeApi } from '../fixtures/fake-api';
import { LiveClient } from '../fixtures/live-client';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const aws = new FakeAws();
const api = new FakeApi();
let console_: Console;
/** What a test opened beside, closed even when it fails. */
const opened: { close(): unknown }[] = [];

const outputs = () => ({
  WorkflowsStack: {
    WorkflowApiEndpoint: `${api.url}prod/`,
    WorkflowStateMachineArn: FakeAws.stateMachineArn('dev-Workflow'),
    TasksTableName: 'dev-Tasks',
  },
  WorkflowsLambdaStack: { WorkflowLambdaStateMachineArn: FakeAws.stateMachineArn('dev-WorkflowLambda') },
});

const get = async <T>(path: string): Promise<T> => (await fetch(new URL(path, console_.url))).json() as Promise<T>;
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(new URL(path, console_.url), {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', origin: console_.url.slice(0, -1), ...headers },
  });

beforeAll(async () => {
  await Promise.all([aws.listen(), api.listen()]);
});
afterAll(() => Promise.all([aws.close(), api.close()]));

beforeEach(async () => {
  aws.clear();
  api.calls.length = 0;
  api.answer = () => ({ status: 200, body: {} });
  for (const name of ['dev-Workflow', 'dev-WorkflowLambda']) {
    aws.definitions.set(name, definition);
  }
  aws.addWaiting('order-7');
  for (let n = 0; n < 120; n += 1) {
    aws.add({
      name: `old-${n}`,
      stateMachine: n % 2 === 0 ? 'dev-Workflow' : 'dev-WorkflowLambda',
      status: n % 10 === 0 ? 'FAILED' : 'SUCCEEDED',
      startDate: START - 60_000 * (n + 1),
      stopDate: START - 60_000 * n,
    });
  }
  console_ = await createConsole({ awsEndpoint: aws.url, credentials, outputs: outputs(), pollIntervalMs: 50 });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((it) => it.close()));
  await console_.close();
});

const openConsole = async (options: Partial<ConsoleOptions>) => {
  const other = await createConsole({ awsEndpoint: aws.url, credentials, outputs: outputs(), ...options });
  opened.push(other);
  return other;
};
const openLive = async (url: string) => {
  const live = await LiveClient.open(url);
  opened.push(live);
  return live;
};

describe('the list of executions', () => {
  it('has one page at a time, the newest first, and counts what matches', async () => {
    const first = await get<ExecutionsPage>('api/executions?size=50');
    expect(first).toMatchObject({
      page: 1,
      pages: 3,
      matched: 121,
      counts: { RUNNING: 1, FAILED: 12, SUCCEEDED: 108 },
    });
    expect(first.executions[0]?.name).toBe('order-7');
    const last = await get<ExecutionsPage>('api/executions?size=50&page=3');
    expect(last.executions).toHaveLength(21);
  });

  it('is filtered by status, by part of the name in any case, and by state machine', async () => {
    const failed = await get<ExecutionsPage>('api/executions?status=FAILED&name=OLD-1&stateMachine=dev-Workflow');
    expect(failed.executions.map((row) => row.name)).toEqual(['old-10', 'old-100', 'old-110']);
  });

  it('goes back over as many pages of the API as the limit allows', async () => {
    for (let n = 0; n < 2500; n += 1) {
      aws.add({
        name: `many-${n}`,
        stateMachine: 'dev-Workflow',
        status: 'SUCCEEDED',
        startDate: START - n,
        stopDate: START,
      });
    }
    const limited = await openConsole({ executionLimit: 2000 });
    let page: ExecutionsPage | undefined;
    while (page === undefined || page.loading) {
      page = (await (
        await fetch(`${limited.url}api/executions?stateMachine=dev-Workflow&page=1000`)
      ).json()) as ExecutionsPage;
    }
    expect(page).toMatchObject({ matched: 2000, page: 40, pages: 40 });
    expect(page.executions.at(-1)?.name).toBe('many-1998');
  });

  it('shows the nearest page when there are fewer than asked for', async () => {
    expect(await get<ExecutionsPage>('api/executions?status=RUNNING&page=9')).toMatchObject({ page: 1, matched: 1 });
  });

  it.each(['page=0', 'page=x', 'status=ODD', 'size=10000'])('refuses %s and names the field', async (bad) => {
    const response = await fetch(new URL(`api/executions?${bad}`, console_.url));
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toContain(bad.split('=')[0]);
  });
});

describe('one execution', () => {
  it('says what it waits for, since when and until when', async () => {
    const view = await get<ExecutionView>('api/executions/dev-Workflow/order-7');
    expect(view.standing.headline).toBe('Waiting in “Request external service”');
    expect(view.waits).toMatchObject([
      { since: START + 2000, timeoutAt: START + 601_000, heartbeatAt: START + 61_000, attempt: 1 },
    ]);
    expect(view.record).toMatchObject({ status: 'PENDING', attempt: 1 });
    expect(view.graph.nodes).toHaveLength(3);
  });

  it('never shows a token, wherever it stands', async () => {
    const execution = aws.executions.get(FakeAws.executionArn('dev-Workflow', 'order-7'));
    const cause = `the service refused ${RESUME_TOKEN} and ${TASK_TOKEN}`;
    execution?.events.push({
      id: 8,
      previousEventId: 7,
      type: 'TaskFailed',
      timestamp: START / 1000 + 3,
      taskFailedEventDetails: { error: 'Refused', cause },
    });
    const texts = await Promise.all(
      ['api/executions/dev-Workflow/order-7', 'api/executions/dev-Workflow/order-7/events', 'api/waiting'].map(
        async (path) => (await fetch(new URL(path, console_.url))).text(),
      ),
    );
    expect(texts.join()).toContain('the service refused [redacted]');
    expect(texts.join()).not.toMatch(/nobody-may-see/);
  });

  it('has a timeline that is searched in every field, all words together', async () => {
    const found = await get<EventsPage>('api/executions/dev-Workflow/order-7/events?q=task%20call-external');
    expect(found).toMatchObject({ matched: 1, total: 7, events: [{ type: 'TaskScheduled' }] });
  });

  it('is 404 when there is none', async () => {
    for (const path of ['api/executions/dev-Workflow/nobody', 'api/executions/nothing/order-7']) {
      expect((await fetch(new URL(path, console_.url))).status).toBe(404);
    }
  });
});

describe('the waiting tasks', () => {
  it('say for whom they wait', async () => {
    const { tasks } = await get<WaitingView>('api/waiting');
    expect(tasks).toMatchObject([
      { execution: { name: 'order-7' }, forWhom: 'the external service', answerable: true, wait: { kind: 'callback' } },
    ]);
  });
});

describe('the live stream', () => {
  it('tells of an execution that began and of one that goes on, without a window asking', async () => {
    const live = await openLive(`${console_.url}api/live?execution=dev-Workflow/order-7`);
    await live.next('hello');
    aws.add({ name: 'new', stateMachine: 'dev-Workflow', status: 'RUNNING', startDate: START + 1000 });
    await live.next<{ changed: { name: string }[] }>('executions', ({ changed }) =>
      changed.some((row) => row.name === 'new'),
    );
    const execution = aws.executions.get(FakeAws.executionArn('dev-Workflow', 'order-7'));
    execution?.events.push(...answeredEvents('{}'));
    if (execution !== undefined) {
      execution.status = 'SUCCEEDED';
    }
    await live.next<{ events: number }>('execution', ({ events }) => events === 12);
  });

  it('asks the target nothing while no window is open', async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = aws.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(aws.calls.length).toBe(before);
  });

  it('says that the target is gone, and when it is back shows what is there now', async () => {
    const live = await openLive(`${console_.url}api/live`);
    await live.next<{ connected: boolean }>('upstream', (it) => it.connected);
    const { port } = aws;
    await aws.close();
    const down = await live.next<{ connected: boolean; message: string }>('upstream', (it) => !it.connected, 10_000);
    expect(down.message).toMatch(/does not respond/);
    expect((await fetch(new URL('api/executions', console_.url))).status).toBe(503);
    aws.executions.clear();
    await aws.listen(port);
    await live.next<{ connected: boolean }>('upstream', (it) => it.connected, 10_000);
    expect(await get<ExecutionsPage>('api/executions')).toMatchObject({ matched: 0 });
  }, 20_000);

  it('follows the events of a runtime in the same process, heartbeats included', async () => {
    const events = new EventEmitter();
    const embedded = await openConsole({ events });
    const live = await openLive(`${embedded.url}api/live?execution=dev-Workflow/order-7`);
    await live.next('hello');
    const before = Date.now();
    events.emit('request', { method: 'POST', path: '/prod/tasks/order-7/heartbeat', status: 204 });
    await live.next('execution');
    const view = (await (await fetch(`${embedded.url}api/executions/dev-Workflow/order-7`)).json()) as ExecutionView;
    expect(view.waits[0]?.heartbeatAt).toBeGreaterThanOrEqual(before + 60_000);
  });
});

describe('an answer', () => {
  it.each([
    ['succeed', [{ method: 'PUT', body: { status: 'succeeded', data: { ok: true } } }]],
    ['fail', [{ method: 'PUT', body: { status: 'failed', error: 'OutOfStock', cause: 'none left' } }]],
    ['heartbeat', [{ method: 'POST', path: '/prod/tasks/order-7/heartbeat' }]],
    ['answer-twice', [{ body: { status: 'succeeded' } }, { body: { status: 'succeeded' } }]],
    ['contradict', [{ body: { status: 'succeeded' } }, { body: { status: 'failed' } }]],
  ])('of the kind “%s” is the call that the service would make', async (action, expected) => {
    const body = { action, data: { ok: true }, error: 'OutOfStock', cause: 'none left' };
    const result = (await (await post('api/tasks/order-7/answers', body)).json()) as AnswerResult;
    expect(api.calls).toMatchObject(expected);
    expect(api.calls.every((call) => (call.body as { resumeToken: string }).resumeToken === RESUME_TOKEN)).toBe(true);
    expect(result.calls.map((call) => call.status)).toEqual(expected.map(() => 200));
  });

  it('with a wrong token sends another one', async () => {
    api.answer = () => ({ status: 403, body: { title: 'Forbidden' } });
    const result = (await (await post('api/tasks/order-7/answers', { action: 'wrong-token' })).json()) as AnswerResult;
    expect(result.calls[0]?.status).toBe(403);
    expect(JSON.stringify(api.calls[0]?.body)).not.toContain(RESUME_TOKEN);
  });

  it('never lets the browser see the token, even when the API quotes it', async () => {
    api.answer = () => ({ status: 200, body: { echo: RESUME_TOKEN } });
    expect(await (await post('api/tasks/order-7/answers', { action: 'succeed' })).text()).not.toContain(RESUME_TOKEN);
  });

  it('to a task that nobody knows is 404', async () => {
    expect((await post('api/tasks/nobody/answers', { action: 'succeed' })).status).toBe(404);
  });

  it.each([
    [{ action: 'explode' }, 422, 'action'],
    ['not an object', 422, 'body'],
  ])('refuses %j', async (body, status, field) => {
    const response = await post('api/tasks/order-7/answers', body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { detail: string }).detail).toContain(field);
  });

  it('is refused on AWS unless it was allowed', async () => {
    const reading = await openConsole({ allowAnswers: false });
    const origin = reading.url.slice(0, -1);
    const response = await fetch(`${origin}/api/tasks/order-7/answers`, {
      method: 'POST',
      body: '{"action":"succeed"}',
      headers: { 'content-type': 'application/json', origin },
    });
    expect(response.status).toBe(403);
    expect(api.calls).toHaveLength(0);
  });
});

describe('a start', () => {
  it('of a task goes through the API, with the form’s key, and names the execution', async () => {
    api.answer = () => ({ status: 202, body: { taskId: 'abc', status: 'PENDING' } });
    const body = { input: { mock: { outcome: 'silent' } }, timeoutSeconds: 60 };
    const started = (await (await post('api/start', { pattern: 'task', key: 'k-1', body })).json()) as StartResult;
    expect(started).toMatchObject({ status: 202, execution: { stateMachine: 'dev-Workflow', name: 'abc' } });
    expect(api.calls).toMatchObject([
      { method: 'POST', path: '/prod/tasks', body, headers: { 'idempotency-key': '"k-1"' } },
    ]);
  });

  it('of the pattern without an API goes through Step Functions', async () => {
    const started = (await (
      await post('api/start', { pattern: 'lambda', key: 'k-2', body: { count: 5 } })
    ).json()) as StartResult;
    expect(started.execution).toEqual({ stateMachine: 'dev-WorkflowLambda', name: 'k-2' });
    expect(aws.executions.get(FakeAws.executionArn('dev-WorkflowLambda', 'k-2'))?.input).toBe('{"count":5}');
  });

  it('shows what the API refused', async () => {
    api.answer = () => ({ status: 422, body: { detail: 'names: at most 40' } });
    const started = (await (
      await post('api/start', { pattern: 'composite', key: 'k-3', body: {} })
    ).json()) as StartResult;
    expect(started).toEqual({ status: 422, body: '{"detail":"names: at most 40"}' });
  });

  it('of a stack that is not deployed is refused, and the session says so beforehand', async () => {
    expect((await post('api/start', { pattern: 'idempotent', key: 'k-4', body: {} })).status).toBe(409);
    const session = await get<SessionView>('api/session');
    expect(session.patterns.idempotent).toEqual({
      available: false,
      reason: 'WorkflowIdempotentStack is not deployed here.',
    });
  });
});

describe('strangers', () => {
  const raw = (headers: Record<string, string>, method = 'GET', path = '/api/session') =>
    new Promise<number>((resolve, reject) => {
      const { port } = new URL(console_.url);
      httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end(method === 'POST' ? '{"action":"succeed"}' : undefined);
    });

  it('get nothing under another host name', async () => {
    expect(await raw({ host: 'evil.example' })).toBe(421);
    expect(await raw({ host: new URL(console_.url).host })).toBe(200);
  });

  it.each([
    ['from another origin', { origin: 'https://evil.example', 'content-type': 'application/json' }, 403],
    ['without an origin', { 'content-type': 'application/json' }, 403],
  ])('change nothing %s', async (_how, headers, status) => {
    const host = new URL(console_.url).host;
    expect(await raw({ host, ...headers }, 'POST', '/api/tasks/order-7/answers')).toBe(status);
    expect(api.calls).toHaveLength(0);
  });

  it('change nothing with a form', async () => {
    expect((await post('api/tasks/order-7/answers', {}, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('find no other site’s content allowed on the pages', async () => {
    const policy = (await fetch(console_.url)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('reach no file beside the application', async () => {
    expect(await raw({ host: new URL(console_.url).host }, 'GET', '/../index.js')).toBe(404);
    expect(await raw({ host: new URL(console_.url).host }, 'GET', '/assets/%2e%2e/%2e%2e/main.js')).toBe(404);
  });
});

describe('the inbox', () => {
  it('shows the requests of the mock without their tokens, and answers only the workflow API', async () => {
    const mock = await new FakeApi().listen();
    opened.push(mock);
    const requests = [
      { id: 'order-7', resumeToken: RESUME_TOKEN, callbackUrl: `${api.url}prod/tasks/order-7`, payload: { order: 7 } },
      { id: 'trap', resumeToken: RESUME_TOKEN, callbackUrl: 'http://169.254.169.254/latest', payload: {} },
    ];
    mock.answer = () => ({ status: 200, body: requests });
    const manual = await openConsole({ externalServiceUrl: mock.url, manual: true });
    const live = await openLive(`${manual.url}api/live`);
    await live.next('inbox');
    const text = await (await fetch(`${manual.url}api/inbox`)).text();
    expect(JSON.parse(text)).toMatchObject({
      requests: [
        { id: 'order-7', received: 1, status: 'RUNNING', wait: { attempt: 1 } },
        { id: 'trap', received: 1 },
      ],
    });
    expect(text).not.toContain(RESUME_TOKEN);
    const origin = manual.url.slice(0, -1);
    const headers = { 'content-type': 'application/json', origin };
    const answer = (id: string) =>
      fetch(`${origin}/api/tasks/${id}/answers`, { method: 'POST', body: '{"action":"succeed"}', headers });
    expect((await answer('trap')).status).toBe(409);
    expect((await answer('order-7')).status).toBe(200);
    expect(api.calls.map((call) => call.path)).toEqual(['/prod/tasks/order-7']);
  });
});

describe('a port that is taken', () => {
  it('is one clear line', async () => {
    const port = Number(new URL(console_.url).port);
    await expect(createConsole({ awsEndpoint: aws.url, credentials, outputs: outputs(), port })).rejects.toThrow(
      `Port ${port} is in use. Choose another port with --port.`,
    );
  });
});
