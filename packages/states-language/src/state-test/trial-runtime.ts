import type { ExecutionContext } from '../execution-types';
import type { TaskRequest } from '../host';
import type { ActiveState, Branch, Releasable } from '../runtime/branch';
import { failureOf } from '../runtime/field-errors';
import { dispatch } from '../runtime/interpreter';
import type { Runtime, TaskHandle, TaskLimits, TaskSignal } from '../runtime/runtime';
import type { Transition } from '../runtime/state-exit';
import { Mailbox, type Steps } from '../runtime/suspension';
import type { Trial } from '../runtime/trial';
import type { Data } from '../values/data';

/** Carries out the task of a tested state, or stands in for it. Reports the end once, now or later. */
export type TestedTask = (request: TaskRequest, limits: TaskLimits, report: (end: TaskSignal) => void) => void;

/**
 * The runtime of one state that runs by itself. There is no history, no other state, and no waiting but for a task: a
 * timer is due at once.
 */
export class TrialRuntime implements Runtime {
  readonly nowMs = Date.now();
  readonly redriveCount = 0;
  readonly redriveAtMs = undefined;
  readonly waitTimeScale = 1;
  readonly #task: TestedTask;
  #arrived: (() => void) | undefined;

  constructor(
    readonly trial: Trial,
    readonly context: ExecutionContext,
    readonly input: Data,
    task: TestedTask,
  ) {
    this.#task = task;
  }

  /** Runs the state. @throws its failure, {@link FatalFailure}, or whatever the trial ends it with */
  async run(branch: Branch, active: ActiveState): Promise<Transition> {
    try {
      return await this.#runToEnd(dispatch(this, branch, active));
    } catch (thrown) {
      throw failureOf(this, branch, active, thrown);
    }
  }

  async #runToEnd(steps: Steps<Transition>): Promise<Transition> {
    let step = steps.next();
    while (step.done !== true) {
      const waitsFor = step.value;
      if (waitsFor instanceof Promise) {
        const settled = await waitsFor.then(
          (value: unknown) => () => steps.next(value),
          (error: unknown) => () => steps.throw(error),
        );
        step = settled();
      } else {
        step = steps.next(waitsFor instanceof Mailbox ? await this.#arrival(waitsFor) : undefined);
      }
    }
    return step.value;
  }

  async #arrival(mailbox: Mailbox<unknown>): Promise<unknown> {
    if (mailbox.isEmpty) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    return mailbox.take();
  }

  emit(): number {
    return 0;
  }

  random(): number {
    return Math.random();
  }

  uuid(): string {
    return crypto.randomUUID();
  }

  newTaskToken(): string {
    return crypto.randomUUID();
  }

  timer(_atMs: number, mailbox: Mailbox<undefined>): Releasable {
    mailbox.add(undefined);
    return { release: () => undefined };
  }

  startTask(request: TaskRequest, limits: TaskLimits, mailbox: Mailbox<TaskSignal>): TaskHandle {
    this.#task(request, limits, (end) => this.post(mailbox, end));
    return { release: () => undefined, close: () => undefined };
  }

  launch(): void {
    throw new Error('No state inside another is run in a test');
  }

  post<T>(mailbox: Mailbox<T>, item: T): void {
    mailbox.add(item);
    this.#arrived?.();
  }
}
