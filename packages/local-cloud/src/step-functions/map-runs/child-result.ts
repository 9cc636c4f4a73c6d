import type { ChildEnd, JsonValue } from '@workflows/states-language';
import type { ExecutionRecord } from '../execution-record';

/** What is left of a child execution when it has ended: its history is the registry's to keep or to forget. */
export interface ChildResult extends ChildEnd {
  readonly executionArn: string;
  readonly name: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startedMs: number;
  readonly stoppedMs: number;
  readonly redriveCount: number;
}

export function resultOf(record: ExecutionRecord): ChildResult {
  const { cause, error, output, redriveCount, status, stopDateMs } = record.execution;
  return {
    executionArn: record.arn,
    name: record.name,
    // A child that is waited for to its end no longer runs.
    status: status === 'RUNNING' ? 'ABORTED' : status,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    startedMs: record.startedMs,
    stoppedMs: stopDateMs ?? record.startedMs,
    redriveCount,
  };
}

/** A child with its data, as `ResultWriter` exports it. */
export function exported(result: ChildResult, input: string, stateMachineArn: string): JsonValue {
  const { cause, error, output, status } = result;
  return {
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(error === undefined ? {} : { Error: error }),
    ExecutionArn: result.executionArn,
    Input: input,
    InputDetails: { Included: true },
    Name: result.name,
    ...(output === undefined ? {} : { Output: output, OutputDetails: { Included: true } }),
    RedriveCount: result.redriveCount,
    ...(status === 'SUCCEEDED'
      ? {
          RedriveStatus: 'NOT_REDRIVABLE',
          RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        }
      : { RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' }),
    StartDate: new Date(result.startedMs).toISOString(),
    StateMachineArn: stateMachineArn,
    Status: status,
    StopDate: new Date(result.stoppedMs).toISOString(),
  };
}
