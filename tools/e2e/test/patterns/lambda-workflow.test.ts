/** Proves WorkflowLambda, started straight through the Step Functions API as any AWS SDK user does. */
import { executions, target } from '../support/context';
import { it } from '../support/it';

const run = (input: unknown) => executions.run(target.workflowLambdaStateMachineArn, input);

/** Fibonacci numbers, each plus 7. */
const expected25 = [
  7, 8, 8, 9, 10, 12, 15, 20, 28, 41, 62, 96, 151, 240, 384, 617, 994, 1604, 2591, 4188, 6772, 10953, 17718, 28664,
  46375,
];

const added = (numbers: readonly number[]) => numbers.map((n) => ({ added: n }));

describe('WorkflowLambda', () => {
  it.concurrent('adds 7 to each of as many Fibonacci numbers as asked for', async () => {
    for (const count of [1, 2, 7, 25]) {
      const { status, output } = await run({ count });
      expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: added(expected25.slice(0, count)) });
    }
  });

  it.concurrent('makes 2 to 8 numbers when no count is given', async () => {
    for (const input of [{}, { count: null }, { other: 'fields are ignored' }]) {
      const { status, output } = await run(input);
      expect(status).toBe('SUCCEEDED');
      const length = Array.isArray(output) ? output.length : 0;
      expect(length).toBeGreaterThanOrEqual(2);
      expect(length).toBeLessThanOrEqual(8);
      expect(output).toEqual(added(expected25.slice(0, length)));
    }
  });

  it.concurrent('fails with InvalidCountError for a count that is not a whole number from 1 to 25', async () => {
    const ended = await Promise.all([0, 26, -1, 1.5, '3', true, [3], {}].map((count) => run({ count })));

    expect(ended.map(({ status, error }) => ({ status, error }))).toEqual(
      ended.map(() => ({ status: 'FAILED', error: 'InvalidCountError' })),
    );
    for (const { cause } of ended) {
      expect(cause).toMatch(/count.*1.*25/s);
    }
  });

  it.concurrent('fails with InvalidInput for input that is not an object', async () => {
    const ended = await Promise.all([[], 'text', 3, null].map(run));

    expect(ended.map(({ status, error }) => ({ status, error }))).toEqual(
      ended.map(() => ({ status: 'FAILED', error: 'InvalidInput' })),
    );
  });

  it.concurrent('writes the history of a Lambda task and a Map, readable page by page', async () => {
    const { executionArn } = await run({ count: 3 });
    const events = await executions.history(executionArn);
    const types = events.map(({ type }) => type);
    const afterTask = types.indexOf('TaskScheduled');

    expect(events.map(({ id }) => id)).toEqual(events.map((_, n) => n + 1));
    expect(types[0]).toBe('ExecutionStarted');
    expect(types.slice(afterTask - 1, afterTask + 7)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'MapStateEntered',
      'MapStateStarted',
      'MapIterationStarted',
    ]);
    expect(types.filter((type) => type === 'MapIterationStarted')).toHaveLength(3);
    expect(types.filter((type) => type === 'MapIterationSucceeded')).toHaveLength(3);
    expect(types.slice(-3)).toEqual(['MapStateSucceeded', 'MapStateExited', 'ExecutionSucceeded']);
    expect(events.at(-1)?.executionSucceededEventDetails?.output).toBe('[{"added":7},{"added":8},{"added":8}]');
  });
});
