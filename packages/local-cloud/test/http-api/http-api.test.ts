import { RealClock } from '../../src/clock';
import { HttpApis, type Stage } from '../../src/http-api';
import { Iam } from '../../src/iam';
import { type Functions, LogSink } from '../../src/lambda';
import { createFunctions, host } from '../lambda/support';

const ECHO = 'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });';
const PERMISSION = { statementId: 'api', action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' };

describe('an HTTP API', () => {
  const iam = new Iam();
  let functions: Functions;
  let apis: HttpApis;

  beforeEach(() => {
    functions = createFunctions({ authorizer: iam });
    apis = new HttpApis(0, {
      region: 'us-east-1',
      functions,
      clock: new RealClock(),
      logs: new LogSink(undefined),
      authorizer: iam,
      developerKeys: ['local'],
      onRequest: () => undefined,
    });
  });

  afterEach(async () => {
    await apis.close();
    await functions.close();
  });

  /** An API whose routes all lead to one function. */
  async function serve(
    source: string,
    routes: readonly string[],
    options: { stage?: Partial<Stage>; timeoutMs?: number; authorization?: 'AWS_IAM' } = {},
  ) {
    host(functions, 'backend', source, { timeoutSeconds: 10 });
    functions.addPermission('backend', PERMISSION);
    const { api, url } = await apis.create('abc123', 'test-api');
    api.addIntegration({ id: 'i1', functionName: 'backend', timeoutMs: options.timeoutMs ?? 30_000 });
    for (const key of routes) {
      api.addRoute({ key, integrationId: 'i1', authorization: options.authorization ?? 'NONE' });
    }
    api.addStage({ name: 'prod', routeThrottles: {}, ...options.stage });
    return `${url}${options.stage?.name === '$default' ? '' : '/prod'}`;
  }

  it('refuses the pages of other sites, which the browser of a developer would let in', async () => {
    const url = await serve(ECHO, ['POST /tasks']);

    const foreign = await fetch(`${url}/tasks`, { method: 'POST', headers: { Origin: 'https://evil.example' } });
    const own = await fetch(`${url}/tasks`, { method: 'POST', headers: { Origin: 'http://localhost:3000' } });

    expect([foreign.status, own.status]).toEqual([403, 200]);
  });

  describe('the event, payload format 2.0', () => {
    it('has everything that AWS documents', async () => {
      const url = await serve(ECHO, ['POST /tasks/{taskId}']);
      const response = await fetch(`${url}/tasks/a%20b?x=1&x=2&y=%C3%A4`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Cookie: 'c1=1; c2=2',
          'X-Custom': 'Value',
          'User-Agent': 'test',
        },
        body: '{"n":1}',
      });
      const event = (await response.json()) as Record<string, unknown>;
      expect(event).toMatchObject({
        version: '2.0',
        routeKey: 'POST /tasks/{taskId}',
        rawPath: '/prod/tasks/a b',
        rawQueryString: 'x=1&x=2&y=%C3%A4',
        cookies: ['c1=1', 'c2=2'],
        queryStringParameters: { x: '1,2', y: 'ä' },
        pathParameters: { taskId: 'a b' },
        headers: {
          'content-type': 'application/json',
          'x-custom': 'Value',
          'content-length': '7',
          'x-forwarded-proto': 'http',
        },
        requestContext: {
          accountId: '000000000000',
          apiId: 'abc123',
          http: {
            method: 'POST',
            path: '/prod/tasks/a b',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'test',
          },
          routeKey: 'POST /tasks/{taskId}',
          stage: 'prod',
          time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
          timeEpoch: expect.any(Number),
        },
        body: '{"n":1}',
        isBase64Encoded: false,
      });
      expect(event.headers).not.toHaveProperty('cookie');
      expect(event.headers).not.toHaveProperty('connection');
    });

    it('leaves out what the request does not have', async () => {
      const url = await serve(ECHO, ['GET /x']);
      const event = await (await fetch(`${url}/x`)).json();
      for (const member of ['body', 'cookies', 'pathParameters', 'queryStringParameters']) {
        expect(event).not.toHaveProperty(member);
      }
    });

    it('carries a binary body in base64', async () => {
      const url = await serve(ECHO, ['POST /x']);
      const headers = { 'content-type': 'application/octet-stream' };
      const response = await fetch(`${url}/x`, { method: 'POST', headers, body: Buffer.from([0, 255]) });
      expect(await response.json()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
    });
  });

  describe('routes', () => {
    const ROUTES = [
      'GET /pets/dog/1',
      'GET /pets/dog/{id}',
      'GET /pets/{proxy+}',
      'ANY /{proxy+}',
      'POST /',
      '$default',
    ];

    it.each([
      ['GET', '/pets/dog/1', 'GET /pets/dog/1', undefined],
      ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
      ['GET', '/pets/dog/x/y', 'GET /pets/{proxy+}', { proxy: 'dog/x/y' }],
      ['GET', '/cars/1', 'ANY /{proxy+}', { proxy: 'cars/1' }],
      ['PATCH', '/pets/dog/1', 'ANY /{proxy+}', { proxy: 'pets/dog/1' }],
      ['POST', '/', 'POST /', undefined],
      ['GET', '/', '$default', undefined],
    ])('%s %s goes to %s', async (method, path, routeKey, pathParameters) => {
      const url = await serve(ECHO, ROUTES);
      const event = (await (await fetch(url + path, { method })).json()) as Record<string, unknown>;
      expect(event).toMatchObject({ routeKey });
      expect(event.pathParameters).toEqual(pathParameters);
    });

    it('of the $default stage need no stage in the path', async () => {
      const url = await serve(ECHO, ['GET /x'], { stage: { name: '$default' } });
      expect(await (await fetch(`${url}/x`)).json()).toMatchObject({
        rawPath: '/x',
        requestContext: { stage: '$default' },
      });
    });

    it.each(['/prod/unknown', '/other/x', '/'])('%s is not found', async (path) => {
      const url = new URL(await serve(ECHO, ['GET /x'])).origin;
      const response = await fetch(url + path);
      expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
    });

    it.each(['GET', 'FETCH /x', 'GET x', 'GET /a/{b', 'GET /{a+}/b', 'GET /a-{b}'])(
      'route key %s is refused',
      async (key) => {
        await expect(serve(ECHO, [key])).rejects.toThrow(`route key ${JSON.stringify(key)}`);
      },
    );
  });

  describe('responses', () => {
    it.each([
      [
        '{ statusCode: 201, headers: { "X-A": 1 }, cookies: ["a=1", "b=2"], body: "made" }',
        201,
        'text/plain;charset=UTF-8',
        'made',
      ],
      [
        '{ statusCode: 200, headers: { "Content-Type": "image/png" }, body: "AP8=", isBase64Encoded: true }',
        200,
        'image/png',
        Buffer.from([0, 255]).toString('utf8'),
      ],
      ['{ inferred: true }', 200, 'application/json', '{"inferred":true}'],
      ['"just text"', 200, 'application/json', 'just text'],
      ['{ statusCode: 204 }', 204, 'text/plain;charset=UTF-8', ''],
    ])('%s', async (result, status, contentType, body) => {
      const url = await serve(`exports.handler = async () => (${result});`, ['GET /x']);
      const response = await fetch(`${url}/x`);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe(contentType);
      expect(await response.text()).toBe(body);
      expect(response.headers.get('apigw-requestid')).toBeTruthy();
      if (status === 201) {
        expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
      }
    });

    it.each([
      ['throws', 'exports.handler = async () => { throw new Error("secret detail"); };'],
      ['answers with no status', 'exports.handler = async () => ({ statusCode: "many" });'],
      ['answers with an object as body', 'exports.handler = async () => ({ statusCode: 200, body: {} });'],
      [
        'answers with an invalid header',
        'exports.handler = async () => ({ statusCode: 200, headers: { "bad name": "x" } });',
      ],
    ])('a function that %s is an internal error without details', async (_what, source) => {
      const url = await serve(source, ['GET /x']);
      const response = await fetch(`${url}/x`);
      expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    });

    it('a function that takes longer than the integration is unavailable', async () => {
      const url = await serve('exports.handler = () => new Promise((r) => setTimeout(r, 5000));', ['GET /x'], {
        timeoutMs: 50,
      });
      const response = await fetch(`${url}/x`);
      expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
    });

    it('a function that does not permit the API is an internal error', async () => {
      const url = await serve(ECHO, ['GET /x']);
      await functions.delete('backend');
      host(functions, 'backend', ECHO);
      functions.addPermission('backend', {
        ...PERMISSION,
        sourceArn: 'arn:aws:execute-api:us-east-1:000000000000:abc123/*/POST/x',
      });
      expect((await fetch(`${url}/x`)).status).toBe(500);
    });
  });

  describe('limits', () => {
    it('a body of more than 10 MiB is too large', async () => {
      const url = await serve(ECHO, ['POST /x']);
      const response = await fetch(`${url}/x`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
      expect([response.status, await response.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    });

    it('headers of more than 10 KiB are too large', async () => {
      const url = await serve(ECHO, ['GET /x']);
      const response = await fetch(`${url}/x`, { headers: { 'x-long': 'x'.repeat(10_241) } });
      expect(response.status).toBe(431);
    });

    it('a path that is not percent-encoded UTF-8 is a bad request', async () => {
      const url = await serve(ECHO, ['GET /{id}']);
      const response = await fetch(`${url}/%ff`);
      expect([response.status, await response.text()]).toEqual([400, '{"message":"Bad Request"}']);
    });

    it('requests above the burst are told so', async () => {
      const url = await serve(ECHO, ['GET /x'], { stage: { throttle: { burstLimit: 2, rateLimit: 0.001 } } });
      const responses = [];
      for (let n = 0; n < 3; n += 1) {
        responses.push(await fetch(`${url}/x`));
      }
      expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(await responses[2]?.text()).toBe('{"message":"Too Many Requests"}');
    });
  });

  describe('AWS_IAM', () => {
    const signed = (key: string) => ({
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
      'x-amz-date': '20260101T000000Z',
    });

    it.each([
      ['no signature', {}, 403],
      ['an unknown key', signed('somebody'), 403],
      ['the key of the runtime', signed('local'), 200],
    ])('%s: %#', async (_what, headers, status) => {
      const url = await serve(ECHO, ['GET /x'], { authorization: 'AWS_IAM' });
      expect((await fetch(`${url}/x`, { headers })).status).toBe(status);
    });
  });
});
