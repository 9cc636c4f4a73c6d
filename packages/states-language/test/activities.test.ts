import { Execution, parseDefinition } from '../src';
import type { JournalEntry } from '../src/journal';
import { CONTEXT, only, run, skeleton, start, world } from './support/run';

const ACTIVITY_ARN = 'arn:aws:states:eu-west-1:123456789012:activity:approve';
const activity = (more: object = {}): object => only({ Type: 'Task', Resource: ACTIVITY_ARN, ...more });

describe('a Task whose resource is an activity', () => {
  it('leaves Activity events, and is answered by its token', async () => {
    const place = world((listener) => {
      listener.scheduled();
      listener.started('worker-1');
    });
    const answered = start(activity({ HeartbeatSeconds: 10, TimeoutSeconds: 60 }), { n: 1 }, place);
    await place.clock.advance(1000);
    expect(answered.succeedTask('token-1', '{"ok":true}')).toBe('delivered');

    expect(answered.history.slice(2)).toMatchObject([
      {
        previousEventId: 2,
        type: 'ActivityScheduled',
        activityScheduledEventDetails: {
          resource: ACTIVITY_ARN,
          input: '{"n":1}',
          inputDetails: { truncated: false },
          heartbeatInSeconds: 10,
          timeoutInSeconds: 60,
        },
      },
      { previousEventId: 3, type: 'ActivityStarted', activityStartedEventDetails: { workerName: 'worker-1' } },
      {
        previousEventId: 4,
        type: 'ActivitySucceeded',
        activitySucceededEventDetails: { output: '{"ok":true}', outputDetails: { truncated: false } },
      },
      { type: 'TaskStateExited' },
      { type: 'ExecutionSucceeded' },
    ]);
  });

  it('fails the execution without an activity event when the activity does not exist', async () => {
    const execution = await run(
      activity({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }] }),
      {},
      world((listener) => listener.startFailed('States.Runtime', `The activity ${ACTIVITY_ARN} does not exist.`)),
    );

    expect(skeleton(execution.history)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 ExecutionFailed',
    ]);
    expect(execution).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'S' (entered at the event id #2). The activity ${ACTIVITY_ARN} does not exist.`,
    });
  });

  it('leaves ActivityScheduleFailed when it could not be scheduled', async () => {
    const execution = await run(
      activity(),
      {},
      world((listener) => listener.startFailed('Throttled', 'too many')),
    );
    expect(execution.history[2]).toMatchObject({
      type: 'ActivityScheduleFailed',
      activityScheduleFailedEventDetails: { error: 'Throttled', cause: 'too many' },
    });
  });

  it('times out from its scheduling, also when no worker comes', async () => {
    const place = world((listener) => listener.scheduled());
    const execution = start(activity({ TimeoutSeconds: 5 }), {}, place);
    await place.clock.advance(5000);

    expect(skeleton(execution.history).slice(2)).toEqual([
      '3<2 ActivityScheduled',
      '4<3 ActivityTimedOut',
      '5<4 ExecutionFailed',
    ]);
    expect(execution.history[3]?.activityTimedOutEventDetails).toEqual({ error: 'States.Timeout' });
    expect(place.cancelled).toEqual([0]);
  });

  it('expects heartbeats only once a worker has started, and then each time anew', async () => {
    let begin = (): void => undefined;
    const place = world((listener) => {
      listener.scheduled();
      begin = () => listener.started();
    });
    const execution = start(
      activity({
        HeartbeatSeconds: 10,
        TimeoutSeconds: 3600,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'S' }],
      }),
      {},
      place,
    );
    await place.clock.advance(600_000);
    begin();
    await place.clock.advance(9000);
    expect(execution.heartbeatTask('token-1')).toBe('delivered');
    await place.clock.advance(9000);
    expect(execution.history.at(-1)).toMatchObject({ type: 'ActivityStarted', activityStartedEventDetails: {} });

    await place.clock.advance(1000);
    expect(execution.history.map(({ type }) => type)).toContain('ActivityTimedOut');
    expect(execution.succeedTask('token-1', '{}')).toBe('closed');
  });

  it('gives each attempt a token of its own', async () => {
    const place = world((listener) => listener.started());
    const execution = start(activity({ Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 1 }] }), {}, place);
    await place.clock.advance(0);
    execution.failTask('token-1', 'Again');
    await place.clock.advance(1000);

    expect(place.requests.map(({ taskToken }) => taskToken)).toEqual(['token-1', 'token-2']);
    execution.failTask('token-2', 'Refused', 'no');
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'no' });
    expect(execution.history.at(-2)).toMatchObject({
      type: 'ActivityFailed',
      activityFailedEventDetails: { error: 'Refused', cause: 'no' },
    });
  });

  it.each([
    { has: 'is queued', tells: 'scheduled', handedOutAgain: 1 },
    { has: 'is with a worker', tells: 'started', handedOutAgain: 0 },
  ] as const)('is handed out $handedOutAgain times after a rebuild when it $has', async ({ tells, handedOutAgain }) => {
    const journal: JournalEntry[] = [];
    const first = world((listener) => listener[tells]());
    start(activity(), {}, first, { onJournal: (entry) => journal.push(entry) });
    await first.clock.advance(0);

    const second = world();
    const rebuilt = await Execution.replay(
      { program: parseDefinition(JSON.stringify(activity())), input: '{}', host: second.host, context: CONTEXT },
      journal,
    );

    expect(second.requests).toHaveLength(handedOutAgain);
    expect(rebuilt.succeedTask('token-1', '1')).toBe('delivered');
    expect(rebuilt.output).toBe('1');
  });
});
