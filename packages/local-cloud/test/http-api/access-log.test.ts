import { accessLogFormatter } from '../../src/http-api/access-log';

const record = {
  request: {
    id: 'request-1',
    method: 'GET',
    rawPath: '/prod/x',
    rawQuery: '',
    headers: { 'user-agent': 'curl "7"' },
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    port: 4567,
    protocol: 'HTTP/1.1',
  },
  apiId: 'abc',
  stage: 'prod',
  routeKey: 'GET /x',
  status: 200,
  responseLength: 5,
  timeMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  latencyMs: 7,
  integrationLatencyMs: undefined,
  error: undefined,
};

describe('access logs', () => {
  it('fill in the variables, and keep JSON what is JSON', () => {
    const format = accessLogFormatter(
      '{"id":"$context.requestId","agent":"$context.identity.userAgent","status":$context.status,"time":"$context.requestTime","error":"$context.integrationErrorMessage"}',
    );
    expect(JSON.parse(format(record))).toEqual({
      id: 'request-1',
      agent: 'curl "7"',
      status: 200,
      time: '02/Jan/2026:03:04:05 +0000',
      error: '-',
    });
  });

  it('refuse a variable that they do not have', () => {
    expect(() => accessLogFormatter('$context.authorizer.claims')).toThrow(
      'access log variable `$context.authorizer.claims` is not supported; supported: $context.accountId',
    );
  });
});
