/** Proves, against a real server, which answers accept a task, which are worth a retry, and which are final. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpService } from '../../src/tasks/external-service';

let server: Server;
let url: string;
let answer: { readonly status: number; readonly headers?: Record<string, string> };
let received: { readonly request: IncomingMessage; readonly body: string }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ request, body });
      response.writeHead(answer.status, answer.headers).end('a body that must not show anywhere');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/external`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  answer = { status: 202 };
  received = [];
});

const task = {
  id: 'task-1',
  resumeToken: 'resume-secret',
  callbackUrl: 'https://api.example/tasks/task-1',
  payload: { a: 1 },
};

describe('the call to the external service', () => {
  it.each([200, 201, 202, 204])('is accepted by %d', async (status) => {
    answer = { status };

    await expect(httpService(url)(task, 2)).resolves.toBeUndefined();

    const [call] = received;
    expect(call?.request).toMatchObject({ method: 'POST', url: '/external' });
    expect(call?.request.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'task-1',
      'x-attempt': '2',
    });
    expect(JSON.parse(call?.body ?? '')).toEqual(task);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('is worth a retry after %d', async (status) => {
    answer = { status };

    await expect(httpService(url)(task, 1)).rejects.toMatchObject({
      name: 'ExternalServiceUnavailableError',
      message: `The external service answered ${status}, so the request is retried.`,
    });
  });

  it.each([400, 401, 403, 404, 409, 410, 422])('is rejected for good by %d', async (status) => {
    answer = { status };

    await expect(httpService(url)(task, 1)).rejects.toMatchObject({
      name: 'ExternalServiceRejected',
      message: `The external service answered ${status}. It must accept a task with a 2xx status.`,
    });
  });

  it.each([301, 302, 307, 308])(
    'does not follow the redirect of a %d, which would carry the token elsewhere',
    async (status) => {
      answer = { status, headers: { location: `${url}/elsewhere` } };

      await expect(httpService(url)(task, 1)).rejects.toMatchObject({ name: 'ExternalServiceRejected' });
      expect(received).toHaveLength(1);
    },
  );

  it('is worth a retry when nobody listens, and says why without showing the task', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));

    await expect(httpService(`http://127.0.0.1:${port}/external`)(task, 1)).rejects.toMatchObject({
      name: 'ExternalServiceUnavailableError',
      message: 'The external service could not be reached: ECONNREFUSED.',
    });
  });

  it('is worth a retry when the answer takes too long', async () => {
    const late = httpService(url, async () => {
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    });

    await expect(late(task, 1)).rejects.toThrow('The external service could not be reached: no answer within 10 s.');
  });
});
