import type { ExecutionContext } from '../execution-types';
import { formatTimestamp } from '../values/timestamp';
import type { TestStateOptions } from './options';

/** The execution that a tested state is said to be in: an express one of a state machine that nobody made. */
export function testExecution({ location, roleArn = '' }: TestStateOptions, nowMs: number): ExecutionContext {
  const { accountId = '123456789012', partition = 'aws', region = 'us-east-1' } = location ?? {};
  const arn = `arn:${partition}:states:${region}:${accountId}`;
  const machine = crypto.randomUUID();
  const name = crypto.randomUUID();
  return {
    execution: { id: `${arn}:express:${machine}:${name}`, name, roleArn, startTime: formatTimestamp(nowMs) },
    stateMachine: { id: `${arn}:stateMachine:${machine}`, name: machine },
  };
}
