import { buildModel, type Definition, failureOf, meaningOf, standingOf, waitsOf } from '../src';
import { type EventRow, entries, START } from './fixtures/history';
import { answered, retrying, timedOut, waiting, workflow } from './fixtures/workflow';

const stand = (rows: readonly EventRow[]) => {
  const model = buildModel(entries(rows), workflow);
  return standingOf({ model, waits: waitsOf(model, workflow) });
};

const request = { visit: 4, state: 'Request', target: 'call-external' };

describe('what an execution waits for', () => {
  it('is its callback, with the end of the wait counted from the start of the attempt', () => {
    expect(waitsOf(buildModel(entries(waiting)), workflow)).toEqual([
      { ...request, kind: 'callback', since: START + 2000, attempt: 1, timeoutAt: START + 61_000 },
    ]);
  });

  it('is the next attempt, after the pause that the Retry field gives it', () => {
    expect(waitsOf(buildModel(entries(retrying)), workflow)).toEqual([
      { ...request, kind: 'retry', since: START + 5000, attempt: 3, until: START + 11_000 },
    ]);
  });

  it('counts the heartbeat from the last one known', () => {
    const rows = waiting.map(
      (row): EventRow =>
        row[3] === 'TaskScheduled' ? [row[0], row[1], row[2], row[3], { ...row[4], heartbeatInSeconds: 10 }] : row,
    );
    const model = buildModel(entries(rows));
    expect(waitsOf(model, workflow)[0]?.heartbeatAt).toBe(START + 11_000);
    expect(waitsOf(model, workflow, START + 9000)[0]?.heartbeatAt).toBe(START + 19_000);
  });

  it('is a time, for a Wait state', () => {
    const definition: Definition = { StartAt: 'Pause', States: { Pause: { Type: 'Wait', Seconds: 30, End: true } } };
    const rows: EventRow[] = [
      [1, 0, 0, 'ExecutionStarted', { input: '{}' }],
      [2, 0, 0, 'WaitStateEntered', { name: 'Pause', input: '{}' }],
    ];
    expect(waitsOf(buildModel(entries(rows)), definition)).toMatchObject([{ kind: 'timer', until: START + 30_000 }]);
  });

  it('is nothing once it has ended', () => {
    expect(waitsOf(buildModel(entries(answered)), workflow)).toEqual([]);
  });
});

describe('where a failure began', () => {
  it('is the state that ran into the error, not the Fail state that repeats it', () => {
    expect(failureOf(buildModel(entries(timedOut)))).toMatchObject({
      state: 'Request',
      error: 'States.Timeout',
      attempts: 1,
    });
  });

  it('is the missed heartbeat when the attempt ended before its time limit', () => {
    const rows = timedOut.map((row): EventRow => {
      if (row[3] === 'TaskScheduled') {
        return [row[0], row[1], row[2], row[3], { ...row[4], heartbeatInSeconds: 5 }];
      }
      return row[0] >= 8 ? [row[0], row[1], 6, row[3], row[4]] : row;
    });
    expect(failureOf(buildModel(entries(rows)))?.heartbeatMissed).toBe(true);
    expect(failureOf(buildModel(entries(timedOut)))?.heartbeatMissed).toBe(false);
  });

  it('is the state that missed a heartbeat, though the error path gives it the name of its Catch', () => {
    const renamed = { error: 'States.HeartbeatTimeout', cause: 'no heartbeat' };
    const rows = timedOut.map((row): EventRow => (row[0] === 11 ? [row[0], row[1], row[2], row[3], renamed] : row));
    expect(failureOf(buildModel(entries(rows)))).toMatchObject({ state: 'Request', heartbeatMissed: true });
  });

  it('is told apart when somebody called back to say that it failed', () => {
    const rows: EventRow[] = [
      ...waiting,
      [8, 7, 9, 'TaskFailed', { resourceType: 'lambda', resource: 'invoke.waitForTaskToken', error: 'OutOfStock' }],
      [9, 8, 9, 'ExecutionFailed', { error: 'OutOfStock' }],
    ];
    expect(failureOf(buildModel(entries(rows)))?.calledBack).toBe(true);
    expect(stand(rows).why).toBe('The external service reported a failure in its callback.');
  });

  it('is nowhere in a success', () => {
    expect(failureOf(buildModel(entries(answered)))).toBeUndefined();
  });
});

describe('the standing of an execution', () => {
  it('says for whom it waits and until when', () => {
    expect(stand(waiting)).toEqual({
      headline: 'Waiting in “Request”',
      why: 'call-external sent the request (attempt 1). No callback has arrived yet.',
      next: [
        { what: 'A callback resumes the execution.' },
        { what: 'Without a result, the task times out.', at: START + 61_000 },
      ],
    });
  });

  it('says when the next attempt begins', () => {
    expect(stand(retrying).next).toEqual([{ what: 'Attempt 3 starts at the latest.', at: START + 11_000 }]);
  });

  it('says why it failed, in words', () => {
    expect(stand(timedOut)).toMatchObject({
      headline: 'Failed in “Request”: States.Timeout',
      why: 'The task timed out without a result.',
    });
  });

  it('says how long a success took', () => {
    expect(stand(answered).headline).toBe('Succeeded after 12 s');
  });

  it('has an explanation for every kind of error name', () => {
    const texts = ['States.Permissions', 'Lambda.TooManyRequestsException', 'States.Unheard', 'OutOfStock'].map(
      (name) => meaningOf(name).meaning,
    );
    expect(new Set(texts).size).toBe(4);
  });
});
