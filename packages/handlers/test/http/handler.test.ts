/** Proves what the HTTP functions answer and log, whatever the route does. */
import { HttpProblem } from '@workflows/lambda-commons/problem';
import { DependencyUnavailableError } from '../../src/errors';
import { httpHandler, type Route } from '../../src/http/handler';
import { bodyOf, type EventOptions, httpEvent } from '../support/http-event';
import { MemoryLog } from '../support/memory-log';

const call = async (route: Route, options: EventOptions = {}) => {
  const log = new MemoryLog();
  const result = await httpHandler(route, { log, clock: { now: () => 0 } })(httpEvent(options));
  return { result, body: bodyOf(result), log };
};

describe('an HTTP function', () => {
  it('renders an answer that may not be cached', async () => {
    const { result } = await call(async () => ({ status: 200, body: { a: 1 }, headers: { Location: 'x' } }));

    expect(result).toEqual({
      statusCode: 200,
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        Location: 'x',
      },
      body: '{"a":1}',
    });
  });

  it('renders a problem with its own media type and headers', async () => {
    const { result, body } = await call(async () => {
      throw new HttpProblem('task-not-found', 'None.', { headers: { 'X-Test': '1' } });
    });

    expect(result).toMatchObject({
      statusCode: 404,
      headers: { 'Content-Type': 'application/problem+json', 'X-Test': '1' },
    });
    expect(body).toMatchObject({ type: 'urn:problem-type:workflows:task-not-found', status: 404, detail: 'None.' });
  });

  it.each([
    ['our own', new DependencyUnavailableError('AWS is away.')],
    ['a throttle', Object.assign(new Error('slow down'), { name: 'ThrottlingException', $metadata: {} })],
    [
      'a fault of AWS',
      Object.assign(new Error('oops'), { name: 'InternalServerError', $metadata: { httpStatusCode: 500 } }),
    ],
    ['a timeout', Object.assign(new Error('late'), { name: 'TimeoutError' })],
    ['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
    ['a quota that passes', Object.assign(new Error('full'), { name: 'ExecutionLimitExceeded', $metadata: {} })],
  ])('answers %s with 503 and when to try again', async (_, error) => {
    const { result, body } = await call(async () => {
      throw error;
    });

    expect(result).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '2' } });
    expect(body).toMatchObject({ code: 'temporarily-unavailable' });
  });

  it('answers a mistake of its own with a 500 that tells nothing, and logs where it is', async () => {
    const { result, log } = await call(async () => {
      throw new TypeError('x is not a function');
    });

    expect(result.statusCode).toBe(500);
    expect(result.body).not.toContain('x is not');
    expect(log.lines).toMatchObject([
      { level: 'error', fields: { failure: { name: 'TypeError', message: 'x is not a function' } } },
    ]);
  });

  it('logs of an AWS error only what cannot hold a token', async () => {
    const error = Object.assign(new Error("Invalid Token: 'secret'"), {
      name: 'ValidationException',
      Item: { taskToken: 'secret' },
      $metadata: { httpStatusCode: 400, requestId: 'aws-1' },
    });
    const { log } = await call(async () => {
      throw error;
    });

    expect(log.text).not.toContain('secret');
    expect(log.lines[0]?.fields.failure).toEqual({
      name: 'ValidationException',
      statusCode: 400,
      awsRequestId: 'aws-1',
    });
  });

  it('logs one line per request, with what the route has noted', async () => {
    const { log } = await call(
      async ({ note }) => {
        note({ taskId: 'task-1' });
        return { status: 204 };
      },
      { method: 'PUT', path: '/tasks/{taskId}', requestId: 'r-7', body: { secret: 'hidden' } },
    );

    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'request handled',
        fields: { taskId: 'task-1', requestId: 'r-7', route: 'PUT /tasks/{taskId}', statusCode: 204, durationMs: 0 },
      },
    ]);
  });

  it('gives the route headers in any case, and the path below the stage', async () => {
    const { body } = await call(
      async (request) => ({
        status: 200,
        body: [
          request.header('idempotency-key'),
          request.header('toString') ?? null,
          request.path,
          request.pathParameter('x'),
        ],
      }),
      { path: '/prod/tasks', headers: { 'IDEMPOTENCY-Key': 'k' } },
    );

    expect(body).toEqual(['k', null, '/prod/tasks', '']);
  });
});
