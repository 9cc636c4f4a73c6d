import type { ExecutionStatus } from '@workflows/inspector';
import { ExecutionIndex } from '../../src/server/model/execution-index';

const LIMIT = 50;
/** More than the limit may stay for a while. */
const SPARE = 101;

const arnOf = (machine: string, number: number) =>
  `arn:aws:states:us-east-1:000000000000:execution:${machine}:e-${number}`;

describe('the executions in sight', () => {
  let index: ExecutionIndex;
  beforeEach(() => {
    index = new ExecutionIndex(LIMIT);
  });

  /** Execution `number` starts at second `number`, and ends half a second later. */
  function put(number: number, status: ExecutionStatus = 'SUCCEEDED', machine = 'busy'): void {
    index.put({
      arn: arnOf(machine, number),
      stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:${machine}`,
      name: `e-${number}`,
      status,
      startDate: number * 1000,
      ...(status === 'RUNNING' ? {} : { stopDate: number * 1000 + 500 }),
    });
  }

  const matched = () => index.page({ page: 1, size: 1 }).matched;

  it('are those that ended last, however many there were', () => {
    for (let number = 1; number <= 5000; number += 1) {
      put(number);
    }
    expect(matched()).toBeLessThanOrEqual(LIMIT + SPARE);
    expect(index.get(arnOf('busy', 5000 - LIMIT + 1))).toBeDefined();
    expect(index.get(arnOf('busy', 1))).toBeUndefined();
  });

  it('are those that ended last also when they come the newest first, as from ListExecutions', () => {
    for (let number = 1000; number >= 1; number -= 1) {
      put(number);
    }
    for (let number = 1000; number > 1000 - LIMIT; number -= 1) {
      expect(index.get(arnOf('busy', number))).toBeDefined();
    }
    expect(index.get(arnOf('busy', 300))).toBeUndefined();
  });

  it('are all that run, and the ended ones of other state machines', () => {
    put(1, 'RUNNING');
    put(2, 'FAILED', 'quiet');
    for (let number = 3; number <= 1000; number += 1) {
      put(number);
    }
    expect(index.get(arnOf('busy', 1))).toMatchObject({ status: 'RUNNING' });
    expect(index.get(arnOf('quiet', 2))).toMatchObject({ status: 'FAILED' });
  });
});
