import { allVisits, buildModel, type Definition, latestLanes } from '../src';
import { type EventRow, entries, START } from './fixtures/history';
import { answered, retrying, timedOut, waiting, workflow } from './fixtures/workflow';

const statuses = (rows: readonly EventRow[]) =>
  allVisits(buildModel(entries(rows), workflow).visits).map((visit) => `${visit.state}: ${visit.status}`);

describe('a model of a history', () => {
  it('says what became of each state', () => {
    expect(statuses(answered)).toEqual(['Init: succeeded', 'Request: succeeded', 'Done: succeeded']);
    expect(statuses(waiting)).toEqual(['Init: succeeded', 'Request: waiting']);
    expect(statuses(retrying)).toEqual(['Init: succeeded', 'Request: retrying']);
  });

  it('tells a caught error from a failure', () => {
    expect(statuses(timedOut)).toEqual(['Init: succeeded', 'Request: caught', 'Failed: failed']);
  });

  it('carries input, output, error and times of the execution', () => {
    expect(buildModel(entries(answered))).toMatchObject({
      status: 'SUCCEEDED',
      startedAt: START,
      endedAt: START + 12_000,
      input: '{"order":7}',
      output: '{"status":"succeeded"}',
    });
    expect(buildModel(entries(timedOut))).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      cause: 'no answer',
    });
  });

  it('counts the attempts of a state, each with its own error, and forgets the error when it tries again', () => {
    const visit = buildModel(entries(retrying)).visits[1];
    expect(visit?.attempts.map(({ number, status, error, cause }) => ({ number, status, error, cause }))).toEqual([
      { number: 1, status: 'failed', error: 'Unavailable', cause: '503' },
      { number: 2, status: 'failed', error: 'Unavailable', cause: '503 again' },
    ]);
    const trying = buildModel(entries(retrying.slice(0, -1))).visits[1];
    expect(trying).toMatchObject({ status: 'running' });
    expect(trying).not.toHaveProperty('error');
  });

  it('names the function that a task calls, without account and version', () => {
    expect(buildModel(entries(waiting)).visits[1]?.attempts[0]?.target).toBe('call-external');
  });

  it('measures each event from the one that caused it', () => {
    const { timeline } = buildModel(entries(answered));
    expect(timeline.map((event) => event.sincePreviousMs)).toEqual([0, 0, 0, 0, 0, 1000, 1000, 10_000, 0, 0, 0, 0]);
  });

  it('closes what was open when the execution was stopped', () => {
    const stopped: EventRow[] = [...waiting, [8, 7, 5, 'ExecutionAborted', { error: 'Stopped', cause: 'by hand' }]];
    expect(statuses(stopped)).toEqual(['Init: succeeded', 'Request: aborted']);
    expect(buildModel(entries(stopped)).visits[1]?.attempts[0]).toMatchObject({
      status: 'aborted',
      endedAt: START + 5000,
    });
  });

  it('goes on after a redrive, whose events do not lead back to the state that is tried again', () => {
    const redriven: EventRow[] = [
      ...timedOut.slice(0, 8),
      [9, 8, 61, 'ExecutionFailed', { error: 'States.Timeout' }],
      [10, 9, 100, 'ExecutionRedriven', { redriveCount: 1 }],
      [11, 10, 100, 'TaskScheduled', { resourceType: 'lambda', resource: 'invoke.waitForTaskToken' }],
    ];
    const model = buildModel(entries(redriven));
    expect(model).toMatchObject({ status: 'RUNNING', redriveCount: 1 });
    expect(model.visits[1]?.attempts).toHaveLength(2);
  });
});

describe('iterations of a Map', () => {
  const rows: EventRow[] = [
    [1, 0, 0, 'ExecutionStarted', { input: '[1,2]' }],
    [2, 0, 0, 'MapStateEntered', { name: 'Each', input: '[1,2]' }],
    [3, 2, 0, 'MapStateStarted', { length: 2 }],
    [4, 3, 0, 'MapIterationStarted', { name: 'Each', index: 0 }],
    [5, 3, 0, 'MapIterationStarted', { name: 'Each', index: 1 }],
    [6, 4, 0, 'PassStateEntered', { name: 'Add', input: '1' }],
    [7, 5, 0, 'PassStateEntered', { name: 'Add', input: '2' }],
    [8, 7, 1, 'PassStateExited', { name: 'Add', output: '9' }],
    [9, 8, 1, 'MapIterationSucceeded', { name: 'Each', index: 1 }],
  ];

  it('keeps interleaved iterations apart', () => {
    const each = buildModel(entries(rows)).visits[0];
    expect(each && latestLanes(each).map((lane) => [lane.index, lane.status, lane.visits[0]?.input])).toEqual([
      [0, 'running', '1'],
      [1, 'succeeded', '2'],
    ]);
  });

  it('says where in the Map an event happened', () => {
    const { timeline } = buildModel(entries(rows));
    expect(timeline[7]).toMatchObject({ state: 'Add', path: ['Each item 2'] });
  });

  it('begins a new round when the whole Map is tried again', () => {
    const again: EventRow[] = [
      ...rows.slice(0, 4),
      [5, 4, 0, 'FailStateEntered', { name: 'Refuse', input: '1' }],
      [6, 5, 0, 'MapIterationFailed', { name: 'Each', index: 0 }],
      [7, 5, 0, 'MapStateStarted', { length: 2 }],
      [8, 7, 0, 'MapIterationStarted', { name: 'Each', index: 0 }],
    ];
    const each = buildModel(entries(again)).visits[0];
    expect(each?.rounds.map((lanes) => lanes.map((lane) => lane.status))).toEqual([['failed'], ['running']]);
  });

  it('finds the right Map when one is inside another and both fail', () => {
    const nested: EventRow[] = [
      [1, 0, 0, 'ExecutionStarted', { input: '[[1]]' }],
      [2, 0, 0, 'MapStateEntered', { name: 'Outer' }],
      [3, 2, 0, 'MapStateStarted', { length: 1 }],
      [4, 3, 0, 'MapIterationStarted', { name: 'Outer', index: 0 }],
      [5, 4, 0, 'MapStateEntered', { name: 'Inner' }],
      [6, 5, 0, 'MapStateStarted', { length: 1 }],
      [7, 6, 0, 'MapIterationStarted', { name: 'Inner', index: 0 }],
      [8, 7, 0, 'FailStateEntered', { name: 'Refuse' }],
      [9, 8, 0, 'MapIterationFailed', { name: 'Inner', index: 0 }],
      [10, 8, 0, 'MapStateFailed'],
      [11, 8, 0, 'MapIterationFailed', { name: 'Outer', index: 0 }],
      [12, 8, 0, 'MapStateFailed'],
      [13, 12, 0, 'ExecutionFailed', { error: 'Refused' }],
    ];
    expect(statuses(nested)).toEqual(['Outer: failed', 'Inner: failed', 'Refuse: failed']);
  });
});

describe('branches of a Parallel', () => {
  it('numbers branches as the definition does, whichever began first', () => {
    const definition: Definition = {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
            { StartAt: 'Right', States: { Right: { Type: 'Pass', End: true } } },
          ],
          End: true,
        },
      },
    };
    const rows: EventRow[] = [
      [1, 0, 0, 'ExecutionStarted', { input: '{}' }],
      [2, 0, 0, 'ParallelStateEntered', { name: 'Both' }],
      [3, 2, 0, 'ParallelStateStarted'],
      [4, 3, 0, 'PassStateEntered', { name: 'Right' }],
      [5, 3, 0, 'PassStateEntered', { name: 'Left' }],
      [6, 4, 0, 'PassStateExited', { name: 'Right', output: '1' }],
    ];
    const both = buildModel(entries(rows), definition).visits[0];
    expect(both && latestLanes(both).map((lane) => [lane.index, lane.visits[0]?.state])).toEqual([
      [1, 'Right'],
      [0, 'Left'],
    ]);
  });
});
