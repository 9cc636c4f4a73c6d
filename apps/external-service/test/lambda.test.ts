/** Proves the Lambda entrance: HTTP API events reach the app, and callbacks run in an invocation of their own. */
import type { Context } from 'aws-lambda';
import type { LambdaEvent } from 'hono/aws-lambda';
import { type CallbackEvent, createLambdaHandler } from '../src/lambda';
import { task } from './support/api';

const PREFIX = 'https://api.example/prod/';
const URL_OF_TASK = `${PREFIX}tasks/task-1`;

const context = { functionName: 'external-service', getRemainingTimeInMillis: () => 60_000 } as Context;

const httpEvent = (path: string, body: unknown, method = 'POST'): LambdaEvent => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: `/prod${path}`,
  rawQueryString: '',
  headers: { 'content-type': 'application/json', host: 'service.example' },
  isBase64Encoded: false,
  body: JSON.stringify(body),
  requestContext: {
    accountId: '123456789012',
    apiId: 'api',
    authentication: null,
    authorizer: {},
    domainName: 'service.example',
    domainPrefix: 'service',
    http: { method, path: `/prod${path}`, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
    requestId: 'r',
    routeKey: `${method} ${path}`,
    stage: 'prod',
    time: '15/Jan/2027:08:00:00 +0000',
    timeEpoch: 1_800_000_000_000,
  },
});

function newFunction(answers: number[] = []) {
  const invoked: { name: string; event: CallbackEvent }[] = [];
  const calls: { url: string; body: unknown }[] = [];
  const sleeps: number[] = [];
  let logged = '';
  const handler = createLambdaHandler({
    invokeAsync: async (name, event) => {
      invoked.push({ name, event });
    },
    allowedCallbackUrlPrefix: PREFIX,
    log: (message, fields) => {
      logged += JSON.stringify({ message, ...fields });
    },
    fetch: async (url, init) => {
      calls.push({ url: String(url), body: JSON.parse(String(init?.body)) });
      return new Response(null, { status: answers.shift() ?? 200 });
    },
    sleep: async (ms) => {
      sleeps.push(ms);
    },
    now: () => sleeps.reduce((sum, ms) => sum + ms, 0),
  });
  return { handler, invoked, calls, sleeps, log: () => logged };
}

describe('the Lambda function', () => {
  it('answers a request of its API below the stage, and hands itself the callbacks', async () => {
    const { handler, invoked, calls } = newFunction();

    expect(await handler(httpEvent('/external', task(URL_OF_TASK)), context)).toMatchObject({ statusCode: 202 });

    expect(invoked).toEqual([
      { name: 'external-service', event: { source: 'external-service.callbacks', request: task(URL_OF_TASK) } },
    ]);
    expect(calls).toEqual([]);
  });

  it('sends the callbacks that it was handed', async () => {
    const { handler, invoked, calls, sleeps, log } = newFunction([500, 200]);
    await handler(httpEvent('/external', task(URL_OF_TASK, { data: 1, delayMs: 300 })), context);

    await handler(invoked[0]?.event as CallbackEvent, context);

    expect(calls).toHaveLength(2);
    expect(calls[1]).toEqual({
      url: URL_OF_TASK,
      body: { id: 'task-1', resumeToken: 'resume-secret', status: 'succeeded', data: 1 },
    });
    expect(sleeps).toEqual([300, 200]);
    expect(log()).not.toContain('secret');
  });

  it('fails when a callback was not answered, so that Lambda invokes it again', async () => {
    const { handler, invoked } = newFunction(Array<number>(50).fill(503));
    await handler(httpEvent('/external', task(URL_OF_TASK)), context);

    await expect(handler(invoked[0]?.event as CallbackEvent, context)).rejects.toThrow(
      'At least one callback of task task-1 was not answered.',
    );
  });

  it.each([
    [task('https://evil.example/tasks/1'), 'callback-url-not-allowed'],
    [task(URL_OF_TASK, { delayMs: 30_001 }), 'invalid-body'],
    [task(URL_OF_TASK, { outcome: 'reject' }), 'rejected-as-asked'],
  ])('refuses as the Node app does, with bounds of its own', async (body, code) => {
    const { handler, invoked } = newFunction();

    const answer = (await handler(httpEvent('/external', body), context)) as { statusCode: number; body: string };

    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ code });
    expect(invoked).toEqual([]);
  });

  it('shows nobody what it received', async () => {
    const answer = await newFunction().handler(httpEvent('/requests', undefined, 'GET'), context);

    expect(answer).toMatchObject({ statusCode: 404 });
  });

  it('does not take a request for an invocation by itself, whatever its body says', async () => {
    const { handler, calls } = newFunction();
    const forged = { source: 'external-service.callbacks', request: task('https://evil.example/') };

    expect(await handler(httpEvent('/external', forged), context)).toMatchObject({ statusCode: 422 });
    expect(calls).toEqual([]);
  });
});
