import { ExecutionStateError } from '../errors';
import type { CallbackResult, ExecutionContext, ExecutionOptions, ExecutionStatus } from '../execution-types';
import { ErrorName } from '../failures';
import type { HistoryEvent, HistoryEventType } from '../history';
import type { TaskRequest } from '../host';
import type { JournalEntry, Signal, TaskReport } from '../journal';
import { EXPRESS_TIMEOUT_SECONDS, MAX_HISTORY_EVENTS, STANDARD_TIMEOUT_SECONDS } from '../limits';
import type { Data } from '../values/data';
import { parsePayload } from '../values/payload';
import { Branch, type Releasable } from './branch';
import { errorDetails, NOT_TRUNCATED } from './details';
import { FatalFailure } from './fatal-failure';
import { runBranch } from './interpreter';
import { type RecordedValue, recordedOrFresh } from './recorded-values';
import { prepareRedrive } from './redrive';
import type { EventDetails, MapRunDesk, Runtime, TaskHandle, TaskLimits, TaskSignal } from './runtime';
import { Scheduler, type SchedulerOwner } from './scheduler';
import type { Mailbox } from './suspension';
import { TaskDesk, type TaskOwner } from './task-desk';
import { type TimerOwner, Timers } from './timers';
import { Variables } from './variables';
import { taskWork } from './work';

/** What an ended execution leaves. */
export interface ExecutionEnd {
  readonly output?: string;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly atMs?: number;
}

const NOT_ENDED: ExecutionEnd = {};

/** Shared, and therefore never written to. */
const NO_EVENTS: HistoryEvent[] = [];

/** Up to here the list of events is kept without spare capacity, because most executions that wait have few. */
const SMALL_HISTORY = 12;

const ROOT = { lastEventId: 0 };

const NO_LIMITS: TaskLimits = { timeoutSeconds: undefined, heartbeatSeconds: undefined };

/** The state of one execution, and the runtime that its states' interpreters see. */
export class ExecutionCore implements Runtime, SchedulerOwner, TimerOwner, TaskOwner {
  events: HistoryEvent[] = NO_EVENTS;
  readonly input: Data;
  status: ExecutionStatus = 'RUNNING';
  end: ExecutionEnd = NOT_ENDED;
  nowMs: number;
  redriveCount: number;
  redriveAtMs: number | undefined;
  readonly #root: Branch;
  readonly #scheduler = new Scheduler(this);
  #recorded: RecordedValue[] | undefined;
  readonly #timers: Timers;
  readonly #tasks: TaskDesk;
  #started = false;
  #abandoned = false;
  #whenEnded: (() => void)[] | undefined;
  #lastMs = Number.POSITIVE_INFINITY;

  readonly #options: ExecutionOptions;

  constructor(
    options: ExecutionOptions,
    public live: boolean,
  ) {
    this.#options = options;

    const { host, program } = options;
    this.input = parsePayload(options.input, 'input');
    // A replay takes every instant from its journal.
    this.nowMs = live ? host.clock.now() : 0;
    this.redriveCount = options.context.execution.redriveCount ?? 0;
    this.#root = new Branch(program.machine, this.input, new Variables(), ROOT);
    this.#timers = new Timers(host.clock, this);
    this.#tasks = new TaskDesk(options, this.#timers, this);
  }

  get context(): ExecutionContext {
    return this.#options.context;
  }

  get #isExpress(): boolean {
    return (this.#options.type ?? this.#options.program.type) === 'EXPRESS';
  }

  get mapRuns(): MapRunDesk | undefined {
    const { mapRuns } = this.#options.host;
    return mapRuns === undefined
      ? undefined
      : {
          start: (work, mailbox) => this.#tasks.start(work, NO_LIMITS, mailbox),
          fail: (mapRunArn) => mapRuns.fail(mapRunArn),
        };
  }

  /** Takes a signal in and works off all that it causes. */
  signal(signal: Signal, atMs = this.#options.host.clock.now()): void {
    if (this.#abandoned) {
      return;
    }
    if (this.live) {
      this.#options.onJournal?.({ type: 'signal', atMs, signal });
    }
    this.#scheduler.signal(() => {
      this.nowMs = Math.max(this.nowMs, atMs);
      this.#handle(signal);
    });
  }

  callback(taskToken: string, report: TaskReport): CallbackResult {
    const result = this.#tasks.acceptsCallback(taskToken, report);
    if (result === 'delivered') {
      this.signal({ type: 'callback', taskToken, report });
    }
    return result;
  }

  heartbeat(taskToken: string): CallbackResult {
    const result = this.#tasks.acceptsCallback(taskToken, undefined);
    if (result === 'delivered') {
      this.signal({ type: 'heartbeat', taskToken });
    }
    return result;
  }

  async replay(journal: readonly JournalEntry[]): Promise<void> {
    this.#recorded = journal.filter((entry) => entry.type !== 'signal');
    for (const entry of journal) {
      if (entry.type !== 'signal') {
        continue;
      }
      const { signal, atMs } = entry;
      if (signal.type === 'task') {
        this.#tasks.accepts(signal.task, signal.report);
      } else if (signal.type === 'callback') {
        this.#tasks.acceptsCallback(signal.taskToken, signal.report);
      }
      this.signal(signal, atMs);
      await this.#scheduler.quiet();
    }
    this.live = true;
    this.#timers.goLive();
    this.#tasks.goLive();
  }

  abandon(): void {
    this.#abandoned = true;
    this.#timers.clear();
    this.#scheduler.halt();
  }

  ended(): Promise<void> {
    return this.status === 'RUNNING'
      ? new Promise((resolve) => {
          this.#whenEnded = [...(this.#whenEnded ?? []), resolve];
        })
      : Promise.resolve();
  }

  emit(branch: Branch, type: HistoryEventType, details?: EventDetails, previousEventId = branch.lastEventId): number {
    if (this.events.length >= MAX_HISTORY_EVENTS - 1) {
      const cause = `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`;
      throw new FatalFailure(ErrorName.RUNTIME, cause, branch);
    }
    branch.lastEventId = this.#append(type, previousEventId, details);
    return branch.lastEventId;
  }

  get waitTimeScale(): number {
    return this.#options.host.waitTimeScale ?? 1;
  }

  random(): number {
    return recordedOrFresh(this.#options, this.#recorded, 'random', () => this.#options.host.random());
  }

  uuid(): string {
    return recordedOrFresh(this.#options, this.#recorded, 'uuid', () => this.#options.host.uuid());
  }

  newTaskToken(): string {
    return recordedOrFresh(this.#options, this.#recorded, 'taskToken', () => this.#options.host.newTaskToken());
  }

  timer(atMs: number, mailbox: Mailbox<undefined>): Releasable {
    // No execution has a timer for its longest life, for most would hold it in vain: what would wait beyond it ends there.
    return atMs <= this.#lastMs
      ? this.#timers.add(atMs, { due: () => this.#scheduler.post(mailbox, undefined) })
      : this.#timers.add(this.#lastMs, { due: () => this.#timeOut() });
  }

  startTask(request: TaskRequest, limits: TaskLimits, mailbox: Mailbox<TaskSignal>): TaskHandle {
    return this.#tasks.start(taskWork(request), limits, mailbox);
  }

  launch(branch: Branch, finish: () => void): void {
    branch.finish = finish;
    branch.steps = runBranch(this, branch);
    this.#scheduler.start(branch);
  }

  post<T>(mailbox: Mailbox<T>, item: T): void {
    this.#scheduler.post(mailbox, item);
  }

  evaluates(evaluation: Promise<unknown>): void {
    this.#options.host.clock.hold?.(evaluation);
  }

  branchEnded(branch: Branch): void {
    branch.steps = undefined;
    if (branch === this.#root) {
      this.#rootEnded();
    } else {
      branch.finish?.();
    }
  }

  timerDue(timer: number): void {
    this.signal({ type: 'timer', timer });
  }

  taskReported(task: number, report: TaskReport): void {
    if (this.#tasks.accepts(task, report)) {
      this.signal({ type: 'task', task, report });
    }
  }

  #handle(signal: Signal): void {
    if (signal.type === 'start') {
      this.#begin();
    } else if (signal.type === 'redrive') {
      this.#beginRedrive();
    } else if (this.status === 'RUNNING') {
      this.#handleRunning(signal);
    }
  }

  #handleRunning(signal: Exclude<Signal, { type: 'start' | 'redrive' }>): void {
    switch (signal.type) {
      case 'task':
        this.#tasks.report(signal.task, signal.report);
        return;
      case 'timer':
        this.#timers.fire(signal.timer);
        return;
      case 'callback':
        this.#tasks.callback(signal.taskToken, signal.report);
        return;
      case 'heartbeat':
        this.#tasks.heartbeat(signal.taskToken);
        return;
      case 'stop':
        this.#finish('ABORTED', { error: signal.error, cause: signal.cause }, 0, 'ExecutionAborted', {
          executionAbortedEventDetails: errorDetails(signal.error, signal.cause),
        });
    }
  }

  #begin(): void {
    if (this.#started) {
      throw new ExecutionStateError('The execution was started before');
    }
    this.#started = true;
    const { context, stateMachineAliasArn, stateMachineVersionArn } = this.#options;
    this.#append('ExecutionStarted', 0, {
      executionStartedEventDetails: {
        input: this.input.text,
        inputDetails: NOT_TRUNCATED,
        roleArn: context.execution.roleArn,
        ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
        ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
      },
    });
    this.#run();
  }

  #beginRedrive(): void {
    if (this.status === 'RUNNING' || this.status === 'SUCCEEDED') {
      return;
    }
    this.redriveCount += 1;
    this.redriveAtMs = this.nowMs;
    this.status = 'RUNNING';
    this.end = NOT_ENDED;
    const eventId = this.#append('ExecutionRedriven', this.events.length, {
      executionRedrivenEventDetails: { redriveCount: this.redriveCount },
    });
    prepareRedrive(this.#root, eventId);
    this.#run();
  }

  #run(): void {
    const { timeoutSeconds = Number.POSITIVE_INFINITY } = this.#options.program;
    const limitSeconds = this.#isExpress ? Math.min(timeoutSeconds, EXPRESS_TIMEOUT_SECONDS) : timeoutSeconds;
    if (Number.isFinite(limitSeconds)) {
      this.#timers.add(this.nowMs + limitSeconds * 1000, {
        due: () => this.#timeOut(),
      });
    }
    this.#lastMs = this.nowMs + STANDARD_TIMEOUT_SECONDS * 1000;
    this.#root.steps = runBranch(this, this.#root);
    this.#scheduler.start(this.#root);
  }

  #timeOut(): void {
    // The error is in the history only: `DescribeExecution` gives none.
    this.#finish('TIMED_OUT', {}, 0, 'ExecutionTimedOut', {
      executionTimedOutEventDetails: { error: ErrorName.TIMEOUT },
    });
  }

  #rootEnded(): void {
    const { outcome, lastEventId } = this.#root;
    if (outcome?.status === 'SUCCEEDED') {
      const output = outcome.output.text;
      this.#finish('SUCCEEDED', { output }, lastEventId, 'ExecutionSucceeded', {
        executionSucceededEventDetails: { output, outputDetails: NOT_TRUNCATED },
      });
    } else if (outcome?.status === 'FAILED') {
      this.#fail(outcome.failure.error, outcome.failure.failureCause, lastEventId);
    }
  }

  #fail(error: string | undefined, cause: string | undefined, previousEventId: number): void {
    this.#finish('FAILED', { error, cause }, previousEventId, 'ExecutionFailed', {
      executionFailedEventDetails: errorDetails(error, cause),
    });
  }

  branchThrew(branch: Branch, thrown: unknown): void {
    if (!(thrown instanceof FatalFailure)) {
      // Not a failure of the state machine but of this interpreter, or of a host that broke its promises.
      const cause = thrown instanceof Error ? thrown.message : String(thrown);
      this.#fail(ErrorName.RUNTIME, `An internal error occurred: ${cause}`, branch.lastEventId);
      return;
    }
    const { error, failureCause } = thrown;
    if (thrown.silent) {
      this.#finish('FAILED', { error, cause: failureCause }, 0, undefined, {});
      return;
    }
    this.#fail(error, failureCause, thrown.branch.lastEventId);
  }

  #finish(
    status: ExecutionStatus,
    end: ExecutionEnd,
    previousEventId: number,
    type: HistoryEventType | undefined,
    details: EventDetails,
  ): void {
    this.status = status;
    this.end = { ...end, atMs: this.nowMs };
    this.#root.cancel();
    this.#scheduler.clear();
    this.#timers.clear();
    if (type !== undefined) {
      this.#append(type, previousEventId, details);
    }
    if (this.live) {
      this.#options.onEnd?.();
    }
    const waiting = this.#whenEnded ?? [];
    this.#whenEnded = undefined;
    for (const resolve of waiting) {
      resolve();
    }
  }

  #append(type: HistoryEventType, previousEventId: number, details: EventDetails = {}): number {
    const id = this.events.length + 1;
    const event: HistoryEvent = { id, previousEventId, timestamp: this.nowMs, type, ...details };
    if (this.events.length < SMALL_HISTORY) {
      this.events = this.events.concat(event);
    } else {
      this.events.push(event);
    }
    if (this.live) {
      this.#options.onEvent?.(event);
    }
    return id;
  }
}
