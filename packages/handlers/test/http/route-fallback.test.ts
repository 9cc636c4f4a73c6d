/** Proves that what no route takes is told apart: a path that there is not, and a method that its path does not take. */
import { httpHandler } from '../../src/http/handler';
import { parseRouteKeys, routeFallback } from '../../src/http/route-fallback';
import { bodyOf, httpEvent } from '../support/http-event';
import { MemoryLog } from '../support/memory-log';

const ROUTES = parseRouteKeys(
  '["GET /tasks/{taskId}","PUT /tasks/{taskId}","POST /tasks","POST /tasks/{taskId}/heartbeat","POST /external"]',
);

const call = async (method: string, path: string) => {
  const result = await httpHandler(routeFallback(ROUTES), { log: new MemoryLog() })(httpEvent({ method, path }));
  return { status: result.statusCode, allow: result.headers?.Allow, body: bodyOf(result) };
};

describe('the $default route', () => {
  it.each([
    ['DELETE', '/tasks/1', 'GET, PUT'],
    ['POST', '/tasks/1', 'GET, PUT'],
    ['GET', '/tasks', 'POST'],
    ['PATCH', '/tasks/a%2Fb/heartbeat', 'POST'],
  ])('answers %s %s with 405 and Allow: %s', async (method, path, allow) => {
    expect(await call(method, path)).toMatchObject({ status: 405, allow, body: { code: 'method-not-allowed' } });
  });

  it.each([
    '/',
    '/nothing',
    '/Tasks',
    '/tasks/',
    '/tasks//heartbeat',
    '/tasks/1/2/3',
    '/tasks/1/heartbeats',
    '/prod/tasks',
  ])('answers %s with 404', async (path) => {
    expect(await call('GET', path)).toMatchObject({ status: 404, allow: undefined, body: { code: 'route-not-found' } });
  });

  it.each(['', 'GET /', '{}', '["get /x"]', '["GET x"]', '[1]'])('refuses routes that are none: %j', (text) => {
    expect(() => parseRouteKeys(text)).toThrow(/API_ROUTES .*"GET \/tasks\/\{taskId\}"/);
  });
});
