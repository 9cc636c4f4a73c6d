/** Proves what each setting of the mock sends, and when. */
import { type CallbackStep, planCallbacks } from '../src/callback-plan';
import { parseTaskRequest } from '../src/task-request';
import { task } from './support/api';

const URL_OF_TASK = 'https://api.example/prod/tasks/task-1';

const plan = (mock: object): CallbackStep[] => {
  const parsed = parseTaskRequest(task(URL_OF_TASK, mock), 60_000);
  return planCallbacks(parsed.request, parsed.mock);
};
const kinds = (mock: object) => plan(mock).map(({ kind, afterMs }) => [kind, afterMs]);

describe('the plan of a task', () => {
  it('succeeds with what it was given when nothing is asked for', () => {
    const { request, mock } = parseTaskRequest(task(URL_OF_TASK), 60_000);

    expect(planCallbacks(request, mock)).toEqual([
      {
        kind: 'outcome',
        afterMs: 0,
        method: 'PUT',
        url: URL_OF_TASK,
        body: { id: 'task-1', resumeToken: 'resume-secret', status: 'succeeded', data: { echo: { order: 7 } } },
      },
    ]);
  });

  it.each([null, 0, '', [], { deep: [1] }])('data: is what the callback carries: %j', (data) => {
    expect(plan({ data })[0]?.body).toMatchObject({ status: 'succeeded', data });
  });

  it('fail: names its own error', () => {
    expect(plan({ outcome: 'fail' })[0]?.body).toMatchObject({
      status: 'failed',
      error: 'MockFailure',
      cause: 'The mock external service was asked to fail.',
    });
  });

  it('silent: sends nothing, unless heartbeats or a wrong token are asked for', () => {
    expect(kinds({ outcome: 'silent' })).toEqual([]);
    expect(kinds({ outcome: 'silent', heartbeats: 1, delayMs: 100, wrongToken: true })).toEqual([
      ['heartbeat', 50],
      ['wrongToken', 50],
    ]);
  });

  it('heartbeats: divide the delay evenly, and the outcome comes at its end', () => {
    expect(kinds({ heartbeats: 3, delayMs: 1002 })).toEqual([
      ['heartbeat', 250],
      ['heartbeat', 250],
      ['heartbeat', 250],
      ['outcome', 252],
    ]);
    expect(plan({ heartbeats: 1 })[0]).toMatchObject({
      method: 'POST',
      url: `${URL_OF_TASK}/heartbeat`,
      body: { resumeToken: 'resume-secret' },
    });
  });

  it('wrongToken, duplicates, conflicting: come around the outcome, in this order', () => {
    const steps = plan({ outcome: 'succeed', data: 1, wrongToken: true, duplicates: 2, conflicting: true, delayMs: 9 });

    expect(steps.map(({ kind, afterMs }) => [kind, afterMs])).toEqual([
      ['wrongToken', 9],
      ['outcome', 0],
      ['duplicate', 0],
      ['duplicate', 0],
      ['conflicting', 0],
    ]);
    expect(steps[0]?.body).toMatchObject({ resumeToken: 'not-the-resume-token', status: 'succeeded' });
    expect(steps[2]?.body).toEqual(steps[1]?.body);
    expect(steps[4]?.body).toMatchObject({ resumeToken: 'resume-secret', status: 'failed' });
  });

  it('conflicting with a failure is a success', () => {
    expect(plan({ outcome: 'fail', conflicting: true })[1]?.body).toMatchObject({ status: 'succeeded' });
  });

  it('does not repeat a payload that would be too large for a callback', () => {
    const request = { ...task(URL_OF_TASK), payload: 'x'.repeat(200_000) };
    const parsed = parseTaskRequest(request, 60_000);

    expect(planCallbacks(parsed.request, parsed.mock)[0]?.body.data).toEqual({ echoOmittedBytes: 200_002 });
  });
});
