import type { CallbackResult, ExecutionOptions } from '../execution-types';
import type { TaskListener } from '../host';
import type { TaskReport } from '../journal';
import type { JsonValue } from '../values/json';
import { OpenTask } from './open-task';
import type { TaskHandle, TaskLimits, TaskSignal } from './runtime';
import type { Mailbox } from './suspension';
import type { Timers } from './timers';
import type { Work } from './work';

/** Who has the tasks: told what their runner reports. */
export interface TaskOwner {
  readonly nowMs: number;
  /** `false` while a journal is replayed: then tasks wait for {@link TaskDesk.goLive}. */
  readonly live: boolean;
  taskReported(task: number, report: TaskReport): void;
  post<T>(mailbox: Mailbox<T>, item: T): void;
}

const NONE: readonly OpenTask[] = [];

/** Keeps the tasks and task tokens of one execution. */
export class TaskDesk {
  /** Few, so an array of just the right length costs less than a map. */
  #open: readonly OpenTask[] = NONE;
  #closedTokens: Set<string> | undefined;
  #count = 0;

  readonly #options: ExecutionOptions;
  readonly #timers: Timers;
  readonly #owner: TaskOwner;

  constructor(options: ExecutionOptions, timers: Timers, owner: TaskOwner) {
    this.#options = options;
    this.#timers = timers;
    this.#owner = owner;
  }

  start(work: Work, limits: TaskLimits, mailbox: Mailbox<TaskSignal>): TaskHandle {
    const task = new OpenTask(this, this.#count, work.taskToken, work, mailbox, limits, this.#owner.nowMs);
    this.#count += 1;
    this.#open = this.#open.concat(task);
    if (task.taskToken !== undefined) {
      this.#options.onTaskOpened?.(task.taskToken);
    }
    this.watch(task);
    if (this.#owner.live) {
      this.#run(task, work);
    } else {
      task.work = work;
    }
    return task;
  }

  /** Whether a report still counts. A final one closes the task to all others. */
  accepts(index: number, report: TaskReport): boolean {
    return this.#open.find((task) => task.index === index)?.accepts(report) === true;
  }

  /** As {@link accepts}, for a callback; a heartbeat is a callback without a report. */
  acceptsCallback(taskToken: string, report: TaskReport | undefined): CallbackResult {
    const task = this.#byToken(taskToken);
    if (task === undefined) {
      return this.#closedTokens?.has(taskToken) === true ? 'closed' : 'unknown';
    }
    const open = report === undefined ? !task.settled : task.accepts(report);
    return open ? 'delivered' : 'closed';
  }

  report(index: number, report: TaskReport): void {
    const task = this.#open.find((candidate) => candidate.index === index);
    if (task === undefined) {
      return;
    }
    if (report.kind === 'submitted' && task.work !== undefined) {
      task.submitted = { output: report.output };
    }
    if (report.kind === 'started' && task.started(this.#owner.nowMs)) {
      task.timer?.release();
      this.watch(task);
    }
    this.#owner.post(task.mailbox, report);
  }

  callback(taskToken: string, report: TaskReport): void {
    const task = this.#byToken(taskToken);
    if (task !== undefined) {
      this.#owner.post(task.mailbox, report);
    }
  }

  heartbeat(taskToken: string): void {
    this.#byToken(taskToken)?.heartbeat(this.#owner.nowMs);
  }

  /** Hands over the tasks that a replayed journal left without an answer. */
  goLive(): void {
    for (const task of this.#open) {
      const { work, submitted } = task;
      task.work = undefined;
      if (work === undefined || task.settled || task.isWithWorker) {
        continue;
      }
      if (submitted === undefined) {
        this.#run(task, work);
      } else {
        task.running = work.resume(this.#options.host, submitted.output, new Reports(this.#owner, task.index));
      }
    }
  }

  /** One timer for both limits, for the earlier of the two; it looks again when it is due. */
  watch(task: OpenTask): void {
    const { dueAtMs } = task;
    if (Number.isFinite(dueAtMs)) {
      task.timer = this.#timers.add(dueAtMs, task);
    }
  }

  close(task: OpenTask): void {
    task.settled = true;
    task.timer?.release();
    if (!this.#open.includes(task)) {
      return;
    }
    this.#open = this.#open.length === 1 ? NONE : this.#open.filter((candidate) => candidate !== task);
    if (task.taskToken !== undefined) {
      this.#closedTokens ??= new Set();
      this.#closedTokens.add(task.taskToken);
      this.#options.onTaskClosed?.(task.taskToken);
    }
  }

  /** The task's timer ran: a limit is over, or heartbeats moved it. */
  due(task: OpenTask): void {
    if (task.settled) {
      return;
    }
    const expired = task.expired(this.#owner.nowMs);
    if (expired === undefined) {
      this.watch(task);
      return;
    }
    task.settled = true;
    this.#owner.post(task.mailbox, { kind: expired });
  }

  #byToken(taskToken: string): OpenTask | undefined {
    return this.#open.find((task) => task.taskToken === taskToken);
  }

  #run(task: OpenTask, work: Work): void {
    task.running = work.run(this.#options.host, new Reports(this.#owner, task.index));
  }
}

/** What a runner reports to. */
class Reports implements TaskListener {
  readonly #owner: TaskOwner;
  readonly #task: number;

  constructor(owner: TaskOwner, task: number) {
    this.#owner = owner;
    this.#task = task;
  }

  scheduled(): void {
    this.#owner.taskReported(this.#task, { kind: 'scheduled' });
  }

  started(workerName?: string): void {
    const worker = workerName === undefined ? {} : { workerName };
    this.#owner.taskReported(this.#task, { kind: 'started', ...worker });
  }

  submitted(output: JsonValue): void {
    this.#owner.taskReported(this.#task, { kind: 'submitted', output });
  }

  succeeded(output: JsonValue): void {
    this.#owner.taskReported(this.#task, { kind: 'succeeded', output });
  }

  failed(error: string, cause: string): void {
    this.#owner.taskReported(this.#task, { kind: 'failed', error, cause });
  }

  startFailed(error: string, cause: string): void {
    this.#owner.taskReported(this.#task, { kind: 'startFailed', error, cause });
  }

  submitFailed(error: string, cause: string): void {
    this.#owner.taskReported(this.#task, { kind: 'submitFailed', error, cause });
  }

  timedOut(limit: 'timeout' | 'heartbeatTimeout'): void {
    this.#owner.taskReported(this.#task, { kind: limit });
  }
}
