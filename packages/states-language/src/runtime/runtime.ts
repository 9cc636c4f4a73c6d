import type { ExecutionContext } from '../execution-types';
import type { HistoryEvent, HistoryEventType } from '../history';
import type { TaskRequest } from '../host';
import type { TaskReport } from '../journal';
import type { Data } from '../values/data';
import type { Branch, Releasable } from './branch';
import type { Mailbox } from './suspension';
import type { Trial } from './trial';
import type { Work } from './work';

export type EventDetails = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

/** What reaches a Task state while it waits. */
export type TaskSignal = TaskReport;

/** A task under way, as its state sees it. */
export interface TaskHandle extends Releasable {
  /** Gives up the task, its token and its timers. */
  release(): void;
  /** The state took a final report: closes the token and the timers, and lets the task be. */
  close(): void;
}

/** Hands Map Runs to the host. */
export interface MapRunDesk {
  start(work: Work, mailbox: Mailbox<TaskSignal>): TaskHandle;
  /** Nothing will come of the items that the host read. */
  fail(mapRunArn: string): void;
}

/** What the states' interpreters need of the execution that they run in. */
export interface Runtime {
  /** The instant that everything caused by the present signal sees. */
  readonly nowMs: number;
  readonly context: ExecutionContext;
  readonly input: Data;
  readonly redriveCount: number;
  readonly redriveAtMs: number | undefined;
  /** Set while a state is tested by itself. */
  readonly trial?: Trial;
  /** Absent where nothing runs distributed Maps. */
  readonly mapRuns?: MapRunDesk | undefined;
  /** Appends an event after the branch's last one, or after `previousEventId`. Returns its id. */
  emit(branch: Branch, type: HistoryEventType, details?: EventDetails, previousEventId?: number): number;
  /** See {@link Host.waitTimeScale}. */
  readonly waitTimeScale: number;
  random(): number;
  uuid(): string;
  newTaskToken(): string;
  /** Posts to the mailbox at `atMs`. */
  timer(atMs: number, mailbox: Mailbox<undefined>): Releasable;
  startTask(request: TaskRequest, limits: TaskLimits, mailbox: Mailbox<TaskSignal>): TaskHandle;
  /** Lets a new branch run when its turn comes. `finish` is called once, with the branch's outcome set. */
  launch(branch: Branch, finish: () => void): void;
  post<T>(mailbox: Mailbox<T>, item: T): void;
}

export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}
