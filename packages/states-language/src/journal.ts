import type { JsonValue } from './values/json';

/** A report of a task to its listener. `task` counts the tasks of the execution from 0 in the order of their start. */
export type TaskReport =
  | { readonly kind: 'scheduled' }
  | { readonly kind: 'started'; readonly workerName?: string }
  | { readonly kind: 'submitted' | 'succeeded'; readonly output: JsonValue }
  | { readonly kind: 'timeout' | 'heartbeatTimeout' }
  | {
      readonly kind: 'failed' | 'startFailed' | 'submitFailed';
      /** A callback may leave out the error and the cause. */
      readonly error?: string | undefined;
      readonly cause?: string | undefined;
    };

/** Something that reached the execution from outside. */
export type Signal =
  | { readonly type: 'start' }
  | { readonly type: 'task'; readonly task: number; readonly report: TaskReport }
  | { readonly type: 'timer'; readonly timer: number }
  | { readonly type: 'callback'; readonly taskToken: string; readonly report: TaskReport }
  | { readonly type: 'heartbeat'; readonly taskToken: string }
  | { readonly type: 'stop'; readonly error?: string | undefined; readonly cause?: string | undefined }
  | { readonly type: 'redrive' };

/**
 * One line of an execution's journal: a signal with the clock reading (epoch milliseconds) that all work caused by it
 * sees, or a value that the host supplied while that work was done. Entries are plain JSON.
 */
export type JournalEntry =
  | { readonly type: 'signal'; readonly atMs: number; readonly signal: Signal }
  | { readonly type: 'random'; readonly value: number }
  | { readonly type: 'taskToken'; readonly value: string }
  | { readonly type: 'uuid'; readonly value: string };
