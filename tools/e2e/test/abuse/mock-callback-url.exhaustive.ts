/** Proves that a deployed mock cannot be made to send requests, and with them resume tokens, anywhere but to its API. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AbusedRuntime } from './abused-runtime';

let runtime: AbusedRuntime;
let bait: Server;
const caught: string[] = [];

beforeAll(async () => {
  bait = createServer((request, response) => {
    caught.push(`${request.method} ${request.url}`);
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => bait.listen(0, '127.0.0.1', resolve));
  runtime = await AbusedRuntime.start();
}, 120_000);

afterAll(async () => {
  bait.close();
  await runtime.close();
}, 60_000);

const ask = (callbackUrl: string) =>
  runtime.client('mock').send({
    method: 'POST',
    path: 'external',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'task-1', resumeToken: 'secret-token', callbackUrl, payload: {} }),
  });

it('refuses every callback URL that is not below the workflow API, and calls none of them', async () => {
  const api = new URL(runtime.target.workflowApiEndpoint);
  const trap = `127.0.0.1:${(bait.address() as AddressInfo).port}`;
  const urls = [
    `http://${trap}/prod/tasks/1`,
    `http://${api.host}@${trap}/prod/tasks/1`,
    `http://${api.hostname}:${api.port}@${trap}/prod/`,
    `http://user:password@${api.host}/prod/tasks/1`,
    `http://${api.host}.${trap}/prod/tasks/1`,
    `http://${api.host}%40${trap}/prod/tasks/1`,
    `http://${api.host}#@${trap}/prod/tasks/1`,
    `http://${api.host}\\@${trap}/prod/tasks/1`,
    `http:\\\\${trap}\\prod\\`,
    `//${trap}/prod/tasks/1`,
    `http:${trap}/prod/tasks/1`,
    `http://${api.host}/`,
    `http://${api.host}/prod`,
    `http://${api.host}/production/tasks/1`,
    `http://${api.host}/prod/../other/tasks/1`,
    `http://${api.host}/prod/%2e%2e/other`,
    `http://${api.host}/prod/..%2f..%2fother`,
    `http://${api.host}/prod/..%5c..%5cother`,
    `https://${api.host}/prod/tasks/1`,
    `http://localhost:${api.port}/prod/tasks/1`,
    `http://[::1]:${api.port}/prod/tasks/1`,
    `http://[::ffff:127.0.0.1]:${api.port}/prod/tasks/1`,
    `http://127.0.0.1:${Number(api.port) + 1}/prod/tasks/1`,
    'http://169.254.169.254/latest/meta-data/',
    'http://metadata.internal/prod/',
    'file:///etc/passwd',
    'ftp://127.0.0.1/prod/',
    'gopher://127.0.0.1/prod/',
    'data:text/plain,x',
    'javascript:1',
    '',
    'tasks/1',
  ];

  for (const url of urls) {
    const answer = await ask(url);
    expect({ url, status: answer.status }).toEqual({ url, status: 422 });
    expect(answer.text).not.toContain('secret-token');
    if (url.length > 10) {
      expect(answer.text).not.toContain(url);
    }
  }
  expect(caught).toEqual([]);
});

it('calls back where the same address is only spelled differently', async () => {
  const api = new URL(runtime.target.workflowApiEndpoint);

  // 2130706433 and 0x7f000001 are 127.0.0.1: a URL is compared as it is understood, not as it is written.
  for (const host of ['2130706433', '0x7f.1', '127.1']) {
    expect((await ask(`http://${host}:${api.port}/prod/tasks/nobody`)).status).toBe(202);
  }
});
