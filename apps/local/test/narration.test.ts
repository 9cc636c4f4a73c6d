import type { HistoryNotice, LocalCloud } from '@workflows/local-cloud';
import { describeRequest, jsonPrinter, Narrator, type Printer, textPrinter } from '../src/narration';

const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:dev-Workflow:8c5fa2e1-0000-4000-8000-000000000000';
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:dev-Workflow';

const notice = (event: object): HistoryNotice =>
  ({
    executionArn: EXECUTION,
    stateMachineArn: MACHINE,
    event: { id: 1, previousEventId: 0, timestamp: 0, ...event },
  }) as HistoryNotice;

const entered = (name: string) => ({
  type: 'TaskStateEntered',
  stateEnteredEventDetails: { name, input: '{"secret":1}' },
});
const callback = { resourceType: 'lambda', resource: 'invoke.waitForTaskToken' };

describe('a timeline', () => {
  const tell = (...events: object[]) => {
    const narrator = new Narrator();
    return events
      .map((event) => narrator.tell(notice(event)))
      .flatMap((step) => (step === undefined ? [] : [`${step.kind}: ${step.text}`]));
  };

  it('tells how a callback was waited for, without what was sent', () => {
    const parameters = JSON.stringify({
      FunctionName: 'arn:aws:lambda:us-east-1:0:function:dev-call-external',
      Payload: { taskToken: 'hidden' },
    });
    expect(
      tell(
        { type: 'ExecutionStarted' },
        entered('Request external service'),
        { type: 'TaskScheduled', taskScheduledEventDetails: { ...callback, parameters } },
        { type: 'TaskStarted' },
        { type: 'TaskSubmitted', taskSubmittedEventDetails: { ...callback, output: '{}' } },
        { type: 'TaskSucceeded', taskSucceededEventDetails: { ...callback, output: '{}' } },
        { type: 'ExecutionSucceeded', executionSucceededEventDetails: { output: '{"a":1}' } },
      ),
    ).toEqual([
      'info: started',
      'info: Request external service',
      'info: calls function dev-call-external',
      'wait: waiting for callback',
      'good: callback received',
      'good: succeeded',
    ]);
  });

  it('tells how a worker of an activity was waited for', () => {
    const resource = 'arn:aws:states:us-east-1:000000000000:activity:approve';
    expect(
      tell(
        entered('Approve'),
        { type: 'ActivityScheduled', activityScheduledEventDetails: { resource, input: '{"secret":1}' } },
        { type: 'ActivityStarted', activityStartedEventDetails: { workerName: 'worker-1' } },
        { type: 'ActivityTimedOut', activityTimedOutEventDetails: { error: 'States.Timeout' } },
        { type: 'ActivityStarted', activityStartedEventDetails: {} },
        { type: 'ActivityFailed', activityFailedEventDetails: { error: 'Refused', cause: 'no' } },
        { type: 'ActivitySucceeded', activitySucceededEventDetails: { output: '{}' } },
      ),
    ).toEqual([
      'info: Approve',
      'wait: waiting for a worker of approve',
      'info: taken by worker-1',
      'bad: task timed out: States.Timeout',
      'info: taken by a worker',
      'bad: worker failed: Refused: no',
      'good: worker answered',
    ]);
  });

  it('counts the items of a Map instead of telling each', () => {
    expect(
      tell(
        entered('Mapper'),
        { type: 'MapStateStarted', mapStateStartedEventDetails: { length: 3 } },
        entered('Adder'),
        entered('Adder'),
        { type: 'MapStateExited' },
        entered('After'),
      ),
    ).toEqual(['info: Mapper', 'info: runs for each of 3 items', 'info: After']);
  });

  it('says why something failed, in one member of its cause', () => {
    const cause = JSON.stringify({ errorType: 'Rejected', errorMessage: 'it said no', trace: ['x'] });
    expect(
      tell(
        { type: 'TaskFailed', taskFailedEventDetails: { ...callback, error: 'Rejected', cause } },
        { type: 'ExecutionFailed', executionFailedEventDetails: { error: 'Rejected', cause: 'plain words' } },
        { type: 'ExecutionAborted', executionAbortedEventDetails: {} },
        { type: 'ExecutionTimedOut' },
      ),
    ).toEqual([
      'bad: task failed: Rejected: it said no',
      'bad: failed: Rejected: plain words',
      'bad: aborted',
      'bad: timed out',
    ]);
  });
});

describe('printers', () => {
  let written: string;
  let nowMs: number;
  const write = (text: string) => {
    written += text;
  };
  beforeEach(() => {
    written = '';
    nowMs = Date.UTC(2026, 0, 1);
  });

  function show(printer: Printer) {
    printer.console('http://127.0.0.1:4576/');
    printer.ready(
      { endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', outputs: {}, credentials: {} } as LocalCloud,
      1234,
    );
    printer.pattern('A pattern');
    nowMs += 1500;
    printer.step({
      who: 'dev-Workflow',
      name: '8c5fa2e1-0000-4000-8000-000000000000-3-0123456789abcdef01234567',
      kind: 'good',
      text: 'succeeded',
      result: '{"a":1}',
    });
    printer.step(
      describeRequest({ apiName: 'dev-api', method: 'PUT', path: '/prod/tasks/1', status: 409, durationMs: 7 }),
    );
    printer.result({ pattern: 'A pattern', ok: false, problem: 'it ended FAILED' });
  }

  it('for people count from the start of the pattern', () => {
    show(textPrinter(write, () => nowMs, false));
    expect(written).toBe(
      [
        'Console  http://127.0.0.1:4576/',
        'Serving http://127.0.0.1:4566 and the HTTP APIs, ready after 1.2 s',
        '',
        'A pattern',
        '  1.50 s  dev-Workflow 8c5fa2e1 #3           ✔ succeeded {"a":1}',
        '  1.50 s  dev-api                            ✘ PUT /prod/tasks/1 → 409 (7 ms)',
        '  1.50 s  ✘ A pattern: it ended FAILED',
        '',
      ].join('\n'),
    );
  });

  it('for people use colours only when they are asked to', () => {
    show(textPrinter(write, () => nowMs, true));
    expect(written).toContain('\u001b[');
  });

  it('for machines write one JSON document a line', () => {
    show(jsonPrinter(write, () => nowMs));
    const lines = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; time: string });
    expect(lines.map(({ type }) => type)).toEqual(['console', 'ready', 'pattern', 'step', 'step', 'result']);
    expect(lines[5]).toEqual({
      type: 'result',
      time: '2026-01-01T00:00:01.500Z',
      pattern: 'A pattern',
      ok: false,
      problem: 'it ended FAILED',
    });
  });
});
