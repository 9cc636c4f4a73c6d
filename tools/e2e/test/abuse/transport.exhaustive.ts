/** Proves that requests which no ordinary client sends are refused, change nothing, and leave the target answering. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { AbusedRuntime } from './abused-runtime';
import type { RawClient } from './raw-client';

let runtime: AbusedRuntime;
let client: RawClient;

beforeAll(async () => {
  runtime = await AbusedRuntime.start();
  client = runtime.client('workflows');
}, 120_000);

afterAll(() => runtime.close(), 60_000);

const json = { 'content-type': 'application/json' };
const bodyOf = (bytes: number) => `{"surplus":"${'x'.repeat(bytes - 14)}"}`;

/** The status of a raw answer; 0 when the connection was closed without one. */
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

describe('sizes', () => {
  it.each([
    [262_144, 422],
    [262_145, 413],
    [6 * 1024 * 1024 + 1, 413],
    [10 * 1024 * 1024 + 1, 413],
    [20 * 1024 * 1024, 413],
  ])('a body of %i bytes is answered %i', async (bytes, status) => {
    const answer = await client.send({ method: 'POST', path: 'tasks', headers: json, body: bodyOf(bytes) });

    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('xxxxx');
  });

  it('headers of 64 KiB are refused', async () => {
    const answer = await client.send({ method: 'GET', path: 'tasks/a', headers: { 'x-long': 'h'.repeat(65_536) } });

    expect([400, 431, 494]).toContain(answer.status);
  });

  it('a thousand headers are refused, or ignored', async () => {
    const headers = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x-${index}`, 'v']));

    expect([400, 404, 431]).toContain((await client.send({ method: 'GET', path: 'tasks/a', headers })).status);
  });

  it('a path of 8,000 characters is no task', async () => {
    const { status } = await client.send({ method: 'GET', path: `tasks/${'a'.repeat(8_000)}` });

    expect([404, 414, 431]).toContain(status);
  });

  it('a compressed body is not unpacked', async () => {
    const body = gzipSync('x'.repeat(50 * 1024 * 1024));
    const answer = await client.send({
      method: 'POST',
      path: 'tasks',
      headers: { ...json, 'content-encoding': 'gzip' },
      body,
    });

    expect([400, 415, 422]).toContain(answer.status);
  });
});

describe('paths', () => {
  it.each([
    'tasks/..%2f..%2fworkflow',
    'tasks/%2e%2e/%2e%2e/etc/passwd',
    'tasks//a',
    'tasks/a/',
    '/tasks/a',
    'TASKS/a',
    'tasks/a%2fheartbeat',
    'tasks\\a',
    'tasks/a;jsessionid=1',
    'tasks/%00',
    'tasks/%c0%ae%c0%ae',
    'tasks/%',
    'tasks/%zz',
    '../prod/tasks/a',
    './tasks/a',
    'tasks/a%0d%0aSet-Cookie:%20x=y',
    'tasks/a%23',
    'tasks/%F0%9F%92%A9',
  ])('%s is answered with a 4xx, in JSON', async (path) => {
    const { status, contentType, text } = await client.send({ method: 'GET', path });

    expect([400, 404]).toContain(status);
    expect(contentType).toMatch(/^application\/(problem\+)?json/);
    expect(text).not.toMatch(/node_modules|at \w+ \(|passwd|Set-Cookie/);
  });
});

describe('methods', () => {
  it.each(['TRACE', 'PROPFIND', 'SEARCH', 'DELETE', 'PATCH', 'OPTIONS', 'PURGE', 'M-SEARCH'])(
    '%s is no method of a route',
    async (method) => {
      const { status } = await client.send({ method, path: 'tasks/a' });

      expect([400, 404, 405]).toContain(status);
    },
  );

  it('HEAD gets no body and no 5xx', async () => {
    const { status, text } = await client.send({ method: 'HEAD', path: 'tasks/a' });

    expect([404, 405]).toContain(status);
    expect(text).toBe('');
  });

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('%s overrides nothing', async (name) => {
    const { status } = await client.send({ method: 'GET', path: 'tasks', headers: { [name]: 'POST' } });

    expect(status).toBe(405);
  });
});

describe('connections', () => {
  const lines = (...text: string[]) => `${text.join('\r\n')}\r\n\r\n`;

  it.each([
    ['two lengths', lines('POST /prod/tasks HTTP/1.1', 'Host: a', 'Content-Length: 2', 'Content-Length: 20', '', '{}')],
    [
      'a length and chunks',
      `${lines('POST /prod/tasks HTTP/1.1', 'Host: a', 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    ],
    [
      'an obscured encoding',
      `${lines('POST /prod/tasks HTTP/1.1', 'Host: a', 'Transfer-Encoding: xchunked')}0\r\n\r\n`,
    ],
    ['a length below zero', lines('POST /prod/tasks HTTP/1.1', 'Host: a', 'Content-Length: -1')],
    [
      'a chunk size that is none',
      `${lines('POST /prod/tasks HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`,
    ],
    ['a space before the colon', lines('GET /prod/tasks/a HTTP/1.1', 'Host : a')],
    ['a NUL in a header', lines('GET /prod/tasks/a HTTP/1.1', 'Host: a', 'X-A: b\u0000c')],
    ['a line feed in a header', lines('GET /prod/tasks/a HTTP/1.1', 'Host: a', 'X-A: b\rc')],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['another version', lines('GET /prod/tasks/a HTTP/3.7', 'Host: a')],
    ['no host', lines('GET /prod/tasks/a HTTP/1.1')],
  ])('%s is refused', async (_, bytes) => {
    const answer = await client.write(bytes);

    expect([0, 400]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/HTTP\/1\.1 [25]\d\d/);
  });

  it('a request hidden in the body of another is not read as one', async () => {
    const hidden = 'POST /prod/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}';
    const bytes = `${lines('PUT /prod/tasks/a HTTP/1.1', 'Host: a', `Content-Length: ${hidden.length}`)}${hidden}`;
    const answer = await client.write(bytes);

    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect([400, 415]).toContain(statusOf(answer));
  });

  it('an absolute target of another host is no way to another host', async () => {
    const answer = await client.write(lines('GET http://169.254.169.254/latest/meta-data HTTP/1.1', 'Host: a'));

    expect([400, 404]).toContain(statusOf(answer));
  });

  it('hundreds of requests that are never finished keep nobody else waiting', async () => {
    const { hostname, port } = new URL(client.endpoint);
    const sockets = Array.from({ length: 300 }, () =>
      connect({ host: hostname, port: Number(port) }, function (this: ReturnType<typeof connect>) {
        this.write(
          'POST /prod/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\nContent-Type: application/json\r\n\r\n{"inp',
        );
      }).on('error', () => undefined),
    );
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));

    const startedMs = performance.now();
    const { status } = await client.send({ method: 'GET', path: 'tasks/a' });

    expect(status).toBe(404);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    for (const socket of sockets) {
      socket.destroy();
    }
  });

  it('a client that leaves before its answer has the task that it asked for, once', async () => {
    const { hostname, port } = new URL(client.endpoint);
    const key = 'left-before-the-answer';
    await new Promise<void>((resolve) => {
      const socket = connect({ host: hostname, port: Number(port) }, () => {
        socket.write(
          `POST /prod/tasks HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Type: application/json\r\nIdempotency-Key: ${key}\r\n\r\n{}`,
          () => {
            socket.destroy();
            resolve();
          },
        );
      });
    });

    const answer = await client.send({
      method: 'POST',
      path: 'tasks',
      headers: { ...json, 'idempotency-key': key },
      body: '{}',
    });

    expect(answer.status).toBe(202);
    expect(await runtime.workflows.endedTask(JSON.parse(answer.text).taskId)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

it('nothing was started by all these requests but the one task that was asked for', async () => {
  const names = await runtime.executionNames(runtime.target.workflowStateMachineArn);

  expect(names).toHaveLength(1);
  expect([...(await runtime.records()).keys()]).toEqual(names);
});
