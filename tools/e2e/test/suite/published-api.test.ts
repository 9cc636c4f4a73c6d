/** Proves that an answer which the published document does not describe is seen as one. */
import { PublishedApi } from '../../src/published-api';

const api = PublishedApi.load();
const route = { method: 'GET', path: '/tasks/{taskId}' };
const task = {
  taskId: 'a',
  status: 'PENDING',
  attempt: 1,
  createdAt: '2026-11-23T10:00:00.000Z',
  updatedAt: '2026-11-23T10:00:00.000Z',
};
const answer = (status: number, body: unknown, contentType = 'application/json') => ({
  status,
  contentType,
  text: JSON.stringify(body),
});

describe('PublishedApi', () => {
  it('finds the route of a path, literal segments by their letters', () => {
    expect(api.find('POST', '/tasks/abc/heartbeat')).toMatchObject({ path: '/tasks/{taskId}/heartbeat' });
    expect(api.find('POST', '/tasks/abc')).toBeUndefined();
    expect(api.find('GET', '/Tasks/abc')).toBeUndefined();
    expect(api.find('GET', '/tasks/')).toBeUndefined();
  });

  it('describes an answer that is as it has to be', () => {
    expect(api.undescribed(route, answer(200, task))).toBeUndefined();
  });

  it.each([
    ['a status', answer(201, task), 'status 201 is not documented'],
    ['a content type', answer(200, task, 'text/html'), 'content type text/html'],
    ['a token', answer(200, { ...task, taskToken: 'x' }), 'must NOT have additional properties'],
    ['a field that is missing', answer(200, { taskId: 'a' }), "must have required property 'status'"],
    [
      'the problem of another route',
      answer(
        404,
        { type: 'urn:problem-type:workflows:x', title: 't', status: 404, code: 'workflow-not-found', detail: 'd' },
        'application/problem+json',
      ),
      'must be equal to one of the allowed values',
    ],
  ])('sees %s that it does not describe', (_, given, expected) => {
    expect(api.undescribed(route, given)).toContain(expected);
  });
});
