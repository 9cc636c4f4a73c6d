import type { ExecutionRecord } from './execution-record';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const REDRIVABLE_PERIOD_MS = 14 * 24 * 3600 * 1000;
const MAX_EVENTS = 24_999;
const MAX_REDRIVES = 1000;

export interface Redrivability {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly redriveStatusReason?: string;
}

/** Whether an execution may run on from where it failed, and if not, why not, in AWS's words. */
export function redrivability(record: ExecutionRecord, nowMs: number): Redrivability {
  const { execution } = record;
  const no = (redriveStatusReason: string): Redrivability => ({ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason });
  if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') {
    return no(`Execution is ${execution.status} and cannot be redriven`);
  }
  if (nowMs - (execution.stopDateMs ?? nowMs) > REDRIVABLE_PERIOD_MS) {
    return no('Execution redrivable period exceeded');
  }
  if (execution.history.length >= MAX_EVENTS) {
    return no('Execution history event limit exceeded');
  }
  if (execution.redriveCount >= MAX_REDRIVES) {
    return no('Execution redrive limit exceeded');
  }
  return { redriveStatus: record.target.mapRun === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}
