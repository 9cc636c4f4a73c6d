import type { StateMachineType } from './diagnostics';
import type { HistoryEvent } from './history';
import type { Host } from './host';
import type { JournalEntry } from './journal';
import type { StateMachineProgram } from './program/program';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/**
 * What the service did with a callback. `delivered`: the state goes on (or its heartbeat clock was reset).
 * `closed`: the token is of this execution, but its task has ended, timed out or been aborted (`TaskTimedOut`).
 * `unknown`: never a token of this execution (`TaskDoesNotExist`).
 */
export type CallbackResult = 'delivered' | 'closed' | 'unknown';

/** The part of the context object that does not change while the execution runs. */
export interface ExecutionContext {
  readonly execution: {
    readonly id: string;
    readonly name: string;
    readonly roleArn: string;
    /** ISO 8601 with milliseconds, such as `2026-01-01T00:00:00.000Z`. */
    readonly startTime: string;
    /** @default 0 */
    readonly redriveCount?: number;
  };
  readonly stateMachine: { readonly id: string; readonly name: string };
}

export interface ExecutionOptions {
  readonly program: StateMachineProgram;
  /** JSON text of at most 262,144 bytes. It appears in the history exactly as given. */
  readonly input: string;
  readonly host: Host;
  readonly context: ExecutionContext;
  /** @default the type that the program was parsed for */
  readonly type?: StateMachineType;
  /** Shown in `ExecutionStarted` when the execution was started through a version or an alias. */
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  /** Called for each event, in order, as it is appended; not for those that a replay appends again. */
  onEvent?(event: HistoryEvent): void;
  /** A task with this token began to wait; `SendTask…` for it belong to this execution. */
  onTaskOpened?(taskToken: string): void;
  /** The task of this token ended, by whatever cause. */
  onTaskClosed?(taskToken: string): void;
  /** The execution reached a final status. Called again after a redrive. */
  onEnd?(): void;
  /** Receives everything that came from outside, in order; `Execution.replay` rebuilds the execution from it. */
  onJournal?(entry: JournalEntry): void;
}
