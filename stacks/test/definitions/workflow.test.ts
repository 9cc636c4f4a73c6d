import type { JsonValue, TaskCall, TaskOutcome } from '@workflows/constructs/testing';
import { runDefinition } from '@workflows/constructs/testing';
import { RETRYABLE_ERROR_NAMES } from '@workflows/contract';
import { synthesize } from '../support/synthesized';

const definition = synthesize().WorkflowsStack.definition('dev-Workflow');
const CALLBACK = 'arn:aws:states:::lambda:invoke.waitForTaskToken';

const payloadOf = ({ arguments: args }: TaskCall) => (args as { Payload: Record<string, JsonValue> }).Payload;

/** Answers the external step and, when it comes to that, `settle-task`. */
const answers = (external: (attempt: number) => TaskOutcome, settle: TaskOutcome = { silent: true }) => {
  let attempt = 0;
  return ({ resource }: TaskCall): TaskOutcome => (resource === CALLBACK ? external(++attempt) : settle);
};

const succeeded = { output: { status: 'succeeded', data: { n: 1 } } };
const settled = (payload: JsonValue) => ({ output: { Payload: payload } });

/** Runs the workflow with an external service that fails each time. */
const runFailing = (failure: { readonly error: string; readonly cause: string }) =>
  runDefinition(definition, { onTask: answers(() => failure, settled({ status: 'failed', ...failure })) });

describe('Workflow', () => {
  it('asks the external service and ends with what it calls back', async () => {
    const run = await runDefinition(definition, { input: { input: { a: 1 } }, onTask: answers(() => succeeded) });

    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      output: { externalServiceOutput: [{ status: 'succeeded', data: { n: 1 } }] },
    });
    expect(run.entered).toEqual(['Init', 'Input valid?', 'Limits given?', 'Request external service', 'Finalize']);
  });

  it('tells the function everything that it must record', async () => {
    const { calls } = await runDefinition(definition, {
      name: 'task-1',
      input: { input: { a: 1 }, timeoutSeconds: 60 },
      onTask: answers(() => succeeded),
    });

    expect(calls.map(payloadOf)).toEqual([
      {
        taskToken: expect.any(String),
        taskId: 'task-1',
        executionArn: 'arn:aws:states:us-east-1:123456789012:execution:machine:task-1',
        input: { a: 1 },
        timeoutSeconds: 60,
        attempt: 1,
        redriveCount: 0,
        startedAt: expect.stringMatching(/^2026-01-01T00:00:00/),
      },
    ]);
  });

  it.each([
    [{}, {}],
    [{ input: null }, null],
    [{ input: [] }, []],
    [{ input: [[1]] }, [[1]]],
    [{ input: [{ a: 1 }] }, [{ a: 1 }]],
    [{ input: 'text' }, 'text'],
    [{ input: 0 }, 0],
    [{ input: false }, false],
    [{ other: 1 }, {}],
  ] as [JsonValue, JsonValue][])('hands on the input of %j unchanged', async (input, sent) => {
    const { calls, status } = await runDefinition(definition, { input, onTask: answers(() => succeeded) });

    expect(status).toBe('SUCCEEDED');
    expect(calls.map((call) => payloadOf(call).input)).toEqual([sent]);
  });

  it.each<[string, JsonValue, string]>([
    ['no object', null, 'the input must be a JSON object; received null'],
    ['an array', [{ input: {} }], 'the input must be a JSON object; received array'],
    ['text', 'x', 'the input must be a JSON object; received string'],
    ['no time', { timeoutSeconds: 0 }, 'timeoutSeconds must be a whole number from 1 to 31536000; received 0'],
    [
      'more than a year',
      { timeoutSeconds: 31_536_001 },
      'timeoutSeconds must be a whole number from 1 to 31536000; received 31536001',
    ],
    ['a fraction', { timeoutSeconds: 1.5 }, 'timeoutSeconds must be a whole number from 1 to 31536000; received 1.5'],
    [
      'text for a time',
      { timeoutSeconds: '60' },
      'timeoutSeconds must be a whole number from 1 to 31536000; received 60',
    ],
    [
      'null for a time',
      { timeoutSeconds: null },
      'timeoutSeconds must be a whole number from 1 to 31536000; received null',
    ],
    [
      'no heartbeat',
      { heartbeatSeconds: 0 },
      'heartbeatSeconds must be a whole number from 1 to less than timeoutSeconds (3600); received 0',
    ],
    [
      'a heartbeat as long as the timeout',
      { timeoutSeconds: 60, heartbeatSeconds: 60 },
      'heartbeatSeconds must be a whole number from 1 to less than timeoutSeconds (60); received 60',
    ],
    [
      'an object for a heartbeat',
      { heartbeatSeconds: { a: 1 } },
      'heartbeatSeconds must be a whole number from 1 to less than timeoutSeconds (3600); received {"a":1}',
    ],
  ])('refuses %s by name, without asking anybody', async (_, input, cause) => {
    const run = await runDefinition(definition, { input });

    expect(run).toMatchObject({ status: 'FAILED', error: 'InvalidInput', cause, calls: [] });
  });

  it.each([
    [{ timeoutSeconds: 90 }, 90, 'States.Timeout'],
    [{}, 3600, 'States.Timeout'],
    // AWS reports a missed heartbeat as a timeout, too; the catcher tells them apart.
    [{ timeoutSeconds: 90, heartbeatSeconds: 10 }, 10, 'States.HeartbeatTimeout'],
    [{ timeoutSeconds: 31_536_000 }, 31_536_000, 'States.Timeout'],
  ])('settles the task when a wait of %j runs out after %d seconds with %s', async (input, seconds, error) => {
    const run = await runDefinition(definition, {
      input,
      onTask: answers(() => ({ silent: true }), settled({ status: 'failed', error, cause: '' })),
    });

    expect(run).toMatchObject({ status: 'FAILED', error, seconds });
    expect(run.calls).toHaveLength(2);
    expect(run.calls.map(payloadOf).at(-1)).toMatchObject({ taskId: 'test', error });
    expect(run.entered.slice(-3)).toEqual(['Settle', 'Recorded outcome?', 'Failed']);
  });

  it('ends with a success that had been recorded, however the wait failed', async () => {
    const run = await runDefinition(definition, {
      onTask: answers(
        () => ({ silent: true }),
        settled({ status: 'succeeded', output: { status: 'succeeded', data: 'late' } }),
      ),
    });

    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      output: { externalServiceOutput: [{ status: 'succeeded', data: 'late' }] },
    });
  });

  it('fails with the error and cause of a failed callback, without asking again', async () => {
    const failure = { error: 'OutOfStock', cause: 'none left' };
    const run = await runFailing(failure);

    expect(run).toMatchObject({ status: 'FAILED', ...failure });
    expect(run.calls.filter((it) => it.resource === CALLBACK)).toHaveLength(1);
  });

  it('fails without a cause where there is none', async () => {
    const run = await runDefinition(definition, {
      onTask: answers(() => ({ error: 'Odd' }), settled({ status: 'failed', error: 'Odd' })),
    });

    expect(run).toMatchObject({ status: 'FAILED', error: 'Odd' });
    expect(run.cause ?? '').toBe('');
  });

  it.each(RETRYABLE_ERROR_NAMES)('asks again after %s, counting attempts', async (error) => {
    const run = await runDefinition(definition, {
      onTask: answers((attempt) => (attempt < 3 ? { error } : succeeded)),
    });

    expect(run.status).toBe('SUCCEEDED');
    expect(run.calls.map((call) => payloadOf(call).attempt)).toEqual([1, 2, 3]);
    expect(new Set(run.calls.map((call) => payloadOf(call).taskToken)).size).toBe(3);
  });

  it('gives up on a service that stays away, after about a minute', async () => {
    const failure = { error: 'ExternalServiceUnavailableError', cause: '503' };
    const run = await runFailing(failure);

    expect(run).toMatchObject({ status: 'FAILED', ...failure });
    expect(run.calls.filter((it) => it.resource === CALLBACK)).toHaveLength(7);
    expect(run.seconds).toBeGreaterThan(20);
    expect(run.seconds).toBeLessThan(90);
  });

  it('does not ask again when the service refused', async () => {
    const failure = { error: 'ExternalServiceRejected', cause: '400' };
    const run = await runFailing(failure);

    expect(run).toMatchObject({ status: 'FAILED', ...failure });
    expect(run.calls).toHaveLength(2);
  });

  it.each([{ error: 'DependencyUnavailableError' }, { silent: true as const }])(
    'settles for about an hour while settling ends in %j, and then fails with what went wrong first',
    async (settle) => {
      const run = await runDefinition(definition, {
        onTask: answers(() => ({ error: 'OutOfStock', cause: 'none left' }), settle),
      });

      expect(run).toMatchObject({ status: 'FAILED', error: 'OutOfStock', cause: 'none left' });
      expect(run.seconds).toBeGreaterThan(3000);
    },
  );

  it('settles later when settling was not possible at once', async () => {
    const settling = [{ error: 'Lambda.TooManyRequestsException' }, settled({ status: 'succeeded', output: { n: 1 } })];
    const run = await runDefinition(definition, {
      onTask: ({ resource }) =>
        resource === CALLBACK ? { error: 'OutOfStock' } : (settling.shift() ?? { silent: true }),
    });

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { externalServiceOutput: [{ n: 1 }] } });
  });
});
