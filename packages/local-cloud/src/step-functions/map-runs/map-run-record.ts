import type { MapRun, MapRunRequest } from '@workflows/states-language';
import type { ExecutionTarget, MapRunChildren } from '../model';
import type { ChildResult } from './child-result';

/** What the service knows of a Map Run. */
export interface MapRunRecord {
  readonly arn: string;
  /** Of the execution whose state it is. */
  readonly executionArn: string;
  readonly request: MapRunRequest;
  readonly run: MapRun<ChildResult>;
  /** What each child runs. */
  readonly target: ExecutionTarget & { readonly mapRun: MapRunChildren };
  readonly startedMs: number;
  /** Epoch milliseconds, once ended. */
  stoppedMs: number | undefined;
  redriveCount: number;
  redrivenMs: number | undefined;
}
