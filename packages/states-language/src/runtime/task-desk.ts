import type { CallbackResult } from '../execution-types';
import type { RunningTask, TaskListener, TaskRequest, TaskRunner } from '../host';
import type { TaskReport } from '../journal';
import type { TaskHandle, TaskLimits, TaskSignal } from './runtime';
import type { Mailbox } from './suspension';
import type { Timers } from './timers';

/** One attempt at a Task state, from its start to its final report. */
interface OpenTask {
  readonly index: number;
  readonly mailbox: Mailbox<TaskSignal>;
  readonly taskToken: string | undefined;
  /** A final report, a timeout or a cancellation came in: whatever comes after it is ignored. */
  settled: boolean;
  running: RunningTask | undefined;
  timeoutAtMs: number;
  heartbeatAtMs: number;
  heartbeatMs: number;
  cancelTimer: (() => void) | undefined;
  /** Kept only while a replay may still have to hand the task to the runner. */
  request: TaskRequest | undefined;
  submitted: TaskReport | undefined;
}

export interface TaskDeskOptions {
  readonly runner: TaskRunner;
  readonly timers: Timers;
  readonly now: () => number;
  readonly post: (mailbox: Mailbox<TaskSignal>, signal: TaskSignal) => void;
  /** A report of the runner. */
  readonly onReport: (task: number, report: TaskReport) => void;
  readonly onTokenOpened: ((taskToken: string) => void) | undefined;
  readonly onTokenClosed: ((taskToken: string) => void) | undefined;
  readonly live: boolean;
}

function isFinal(report: TaskReport): boolean {
  return report.kind !== 'started' && report.kind !== 'submitted';
}

/** Keeps the tasks and task tokens of one execution. */
export class TaskDesk {
  private readonly open = new Map<number, OpenTask>();
  /** The open task of each token; `undefined` once it is closed. */
  private readonly tokens = new Map<string, OpenTask | undefined>();
  private count = 0;
  private live: boolean;

  constructor(private readonly options: TaskDeskOptions) {
    this.live = options.live;
  }

  start(request: TaskRequest, limits: TaskLimits, mailbox: Mailbox<TaskSignal>): TaskHandle {
    const task = this.openTask(request, limits, mailbox);
    this.watch(task);
    if (this.live) {
      this.run(task, request);
    } else {
      task.request = request;
    }
    return {
      abandon: () => {
        this.close(task);
        task.running?.cancel();
      },
      close: () => this.close(task),
    };
  }

  /** Whether a report still counts. A final one closes the task to all others. */
  accepts(index: number, report: TaskReport): boolean {
    const task = this.open.get(index);
    if (task === undefined || task.settled) {
      return false;
    }
    task.settled = isFinal(report);
    return true;
  }

  /** As {@link accepts}, for a callback; a heartbeat is a callback without a report. */
  acceptsCallback(taskToken: string, report: TaskReport | undefined): CallbackResult {
    const task = this.tokens.get(taskToken);
    if (task === undefined) {
      return this.tokens.has(taskToken) ? 'closed' : 'unknown';
    }
    if (task.settled) {
      return 'closed';
    }
    task.settled = report !== undefined;
    return 'delivered';
  }

  report(index: number, report: TaskReport): void {
    const task = this.open.get(index);
    if (task !== undefined) {
      if (report.kind === 'submitted') {
        task.submitted = report;
      }
      this.options.post(task.mailbox, report);
    }
  }

  callback(taskToken: string, report: TaskReport): void {
    const task = this.tokens.get(taskToken);
    if (task !== undefined) {
      this.options.post(task.mailbox, report);
    }
  }

  /** The timer that watches a task looks at this only when it is due, so a heartbeat costs no timer. */
  heartbeat(taskToken: string): void {
    const task = this.tokens.get(taskToken);
    if (task !== undefined) {
      task.heartbeatAtMs = this.options.now() + task.heartbeatMs;
    }
  }

  /** Hands over the tasks that a replayed journal left without an answer. */
  goLive(): void {
    this.live = true;
    for (const task of this.open.values()) {
      const { request, submitted } = task;
      task.request = undefined;
      if (request === undefined || task.settled) {
        continue;
      }
      if (submitted === undefined) {
        this.run(task, request);
      } else if (request.resource.pattern !== 'WAIT_FOR_TASK_TOKEN') {
        this.resume(task, request, submitted);
      }
    }
  }

  private openTask(request: TaskRequest, limits: TaskLimits, mailbox: Mailbox<TaskSignal>): OpenTask {
    const now = this.options.now();
    const heartbeatMs = (limits.heartbeatSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    const task: OpenTask = {
      index: this.count,
      mailbox,
      taskToken: request.taskToken,
      settled: false,
      running: undefined,
      timeoutAtMs: now + (limits.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000,
      heartbeatAtMs: now + heartbeatMs,
      heartbeatMs,
      cancelTimer: undefined,
      request: undefined,
      submitted: undefined,
    };
    this.count += 1;
    this.open.set(task.index, task);
    if (request.taskToken !== undefined) {
      this.tokens.set(request.taskToken, task);
      this.options.onTokenOpened?.(request.taskToken);
    }
    return task;
  }

  private run(task: OpenTask, request: TaskRequest): void {
    task.running = this.options.runner.run(request, this.listenerOf(task.index));
  }

  private resume(task: OpenTask, request: TaskRequest, submitted: TaskReport): void {
    const { runner } = this.options;
    if (runner.resume === undefined || submitted.kind !== 'submitted') {
      this.run(task, request);
    } else {
      task.running = runner.resume(request, submitted.output, this.listenerOf(task.index));
    }
  }

  private listenerOf(index: number): TaskListener {
    const { onReport } = this.options;
    return {
      started: () => onReport(index, { kind: 'started' }),
      submitted: (output) => onReport(index, { kind: 'submitted', output }),
      succeeded: (output) => onReport(index, { kind: 'succeeded', output }),
      failed: (error, cause) => onReport(index, { kind: 'failed', error, cause }),
      startFailed: (error, cause) => onReport(index, { kind: 'startFailed', error, cause }),
      submitFailed: (error, cause) => onReport(index, { kind: 'submitFailed', error, cause }),
    };
  }

  /** One timer for both clocks, for the earlier of the two. */
  private watch(task: OpenTask): void {
    const dueAtMs = Math.min(task.timeoutAtMs, task.heartbeatAtMs);
    if (Number.isFinite(dueAtMs)) {
      task.cancelTimer = this.options.timers.add(dueAtMs, () => this.due(task));
    }
  }

  private due(task: OpenTask): void {
    if (task.settled) {
      return;
    }
    const now = this.options.now();
    if (now < task.timeoutAtMs && now < task.heartbeatAtMs) {
      this.watch(task);
      return;
    }
    task.settled = true;
    this.options.post(task.mailbox, { kind: now < task.timeoutAtMs ? 'heartbeatTimeout' : 'timeout' });
  }

  private close(task: OpenTask): void {
    task.settled = true;
    task.cancelTimer?.();
    this.open.delete(task.index);
    if (task.taskToken !== undefined && this.tokens.get(task.taskToken) === task) {
      this.tokens.set(task.taskToken, undefined);
      this.options.onTokenClosed?.(task.taskToken);
    }
  }
}
