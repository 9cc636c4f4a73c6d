/** Proves the Node entrance: it answers first and calls back afterwards, over real HTTP, and ends when told to. */
import { startServer } from '../src/server';
import { CallbackApi, task } from './support/api';

let api: CallbackApi;
let log: string;

beforeEach(async () => {
  api = await CallbackApi.start();
  log = '';
});
afterEach(() => api.stop());

const start = (options: { manual?: boolean } = {}) =>
  startServer({
    ...options,
    port: 0,
    host: '127.0.0.1',
    log: (message, fields) => {
      log += JSON.stringify({ message, ...fields });
    },
  });
const post = (url: string, body: unknown) =>
  fetch(`${url}/external`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-attempt': '1' },
    body: JSON.stringify(body),
  });

describe('the Node app', () => {
  it('calls back with the resume token, repeats what the API could not do, and shows what became of it', async () => {
    const server = await start();
    api.answers.push(503);

    expect((await post(server.url, task(`${api.url}/tasks/1`, { data: 7 }))).status).toBe(202);

    const [first, second] = await api.received(2);
    expect(first).toMatchObject({
      method: 'PUT',
      path: '/tasks/1',
      body: { id: 'task-1', resumeToken: 'resume-secret', status: 'succeeded', data: 7 },
    });
    expect(second?.body).toEqual(first?.body);
    const { requests } = (await (await fetch(`${server.url}/requests`)).json()) as { requests: object[] };
    expect(requests).toMatchObject([{ status: 202, body: { resumeToken: 'resume-secret' } }]);
    await server.close();
    expect(log).toContain('callback sent');
    expect(log).not.toContain('secret');
  });

  it('sends heartbeats, and calls back no sooner than it was asked to', async () => {
    const server = await start();
    const startedMs = Date.now();

    await post(server.url, task(`${api.url}/tasks/1`, { delayMs: 200, heartbeats: 1 }));

    const calls = await api.received(2);
    expect(calls.map(({ path }) => path)).toEqual(['/tasks/1/heartbeat', '/tasks/1']);
    expect((calls[1]?.atMs ?? 0) - startedMs).toBeGreaterThanOrEqual(195);
    await server.close();
  });

  it('run by hand, records what it takes and leaves calling back to a person', async () => {
    const server = await start({ manual: true });
    await post(server.url, task(`${api.url}/tasks/by-hand`, { delayMs: 0 }));
    // A second service, on its own, proves that a callback sent after the first would have been seen by now.
    const automatic = await start();
    await post(automatic.url, task(`${api.url}/tasks/automatic`, { delayMs: 0 }));

    expect((await api.received(1)).map(({ path }) => path)).toEqual(['/tasks/automatic']);
    const { requests } = (await (await fetch(`${server.url}/requests`)).json()) as { requests: object[] };
    expect(requests).toMatchObject([{ status: 202, callbacks: [], body: { resumeToken: 'resume-secret' } }]);
    await Promise.all([server.close(), automatic.close()]);
    expect(api.calls).toHaveLength(1);
  });

  it('gives up pending callbacks when it is closed, and frees its port', async () => {
    const server = await start();
    await post(server.url, task(`${api.url}/tasks/1`, { delayMs: 3_600_000 }));

    await server.close();

    await expect(fetch(server.url)).rejects.toThrow();
    expect(api.calls).toEqual([]);
  });

  it('says so when its port is taken', async () => {
    const server = await start();
    const port = Number(new URL(server.url).port);

    await expect(startServer({ port, host: '127.0.0.1', log: () => {} })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
  });
});
