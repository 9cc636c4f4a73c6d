import { ErrorName, runtimeError, StateFailure } from '../failures';
import { isActivity } from '../integrations/task-resource';
import type { TaskState } from '../program/program';
import { Data, exceedsPayloadLimit } from '../values/data';
import type { JsonValue } from '../values/json';
import type { Pending } from './attempts';
import type { ActiveState, Branch } from './branch';
import { errorDetails, NOT_TRUNCATED } from './details';
import type { Runtime, TaskHandle, TaskLimits, TaskSignal } from './runtime';
import { composeOutput, evaluateAssign, exitState, type Transition } from './state-exit';
import { StateScope } from './state-scope';
import { Mailbox, type Steps } from './suspension';
import { type TaskEvents, type TaskFailureKind, taskEventsOf } from './task-events';

function* finish(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: TaskState,
  result: Data,
): Steps<Transition> {
  const raw = new StateScope(runtime, branch, active, active.input.value);
  const output = Data.of(yield* composeOutput(state.flow, raw, result.value), result);
  const assignScope =
    state.language === 'JSONata' ? raw.with(raw.input, { result: result.value }) : raw.with(result.value);
  exitState(runtime, branch, active, output, yield* evaluateAssign(state.flow.assign, assignScope));
  return { output, next: state.next };
}

type Interim = 'scheduled' | 'started' | 'submitted';
type FinalSignal = Exclude<TaskSignal, { kind: Interim }> | Extract<TaskSignal, { kind: 'succeeded' }>;

/**
 * One attempt while its task runs: takes what the task reports, and appends its events. It is the mailbox that the
 * branch waits on, so that a hundred thousand waiting executions hold one object each for it.
 */
export class RunningTaskState extends Mailbox<TaskSignal> implements Pending {
  #hasStarted = false;
  /** The event of a task that its activity has yet to take in. */
  #unscheduled: ReturnType<TaskEvents['scheduled']> | undefined;

  readonly #runtime: Runtime;
  readonly #state: TaskState;

  constructor(runtime: Runtime, branch: Branch, state: TaskState) {
    super(branch);
    this.#runtime = runtime;
    this.#state = state;
  }

  handle(signal: unknown): Data | undefined {
    const report = signal as TaskSignal;
    switch (report.kind) {
      case 'scheduled':
        this.#scheduled();
        return undefined;
      case 'started':
        this.#started(report.workerName);
        return undefined;
      case 'submitted':
        this.#submitted(report.output);
        return undefined;
      default: {
        const task = this.branch.waitingFor as TaskHandle;
        this.branch.waitingFor = undefined;
        if (report.kind === 'timeout' || report.kind === 'heartbeatTimeout') {
          task.release();
        } else {
          task.close();
        }
        return this.#ended(report);
      }
    }
  }

  finish(active: ActiveState, result: Data): Steps<Transition> {
    return finish(this.#runtime, this.branch, active, this.#state, result);
  }

  get #events(): TaskEvents {
    return taskEventsOf(this.#state.resource);
  }

  /** Appends the event of the request; for an activity once that has taken the task in. */
  handedOver(args: Data, limits: TaskLimits, roleArn: string | undefined): void {
    const { identity, resource } = this.#state;
    const region = regionOf(this.#runtime.context.execution.id);
    this.#unscheduled = this.#events.scheduled({ resource, identity, region, args, limits, roleArn });
    if (!isActivity(resource)) {
      this.#scheduled();
    }
  }

  #scheduled(): void {
    const event = this.#unscheduled;
    if (event !== undefined) {
      this.#unscheduled = undefined;
      this.#emit(event);
    }
  }

  #started(workerName?: string): void {
    this.#scheduled();
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      this.#emit(this.#events.started(this.#state.identity, workerName));
    }
  }

  #submitted(output: JsonValue): void {
    this.#started();
    const { resourceType, resource } = this.#state.identity;
    // Written out: an object that begins with a spread gets a hidden class of its own, which costs more than its data.
    const details = { resourceType, resource, output: JSON.stringify(output), outputDetails: NOT_TRUNCATED };
    this.#emit(['TaskSubmitted', { taskSubmittedEventDetails: details }]);
  }

  /** Appends the last event. Returns the result, or throws the failure. */
  #ended(signal: FinalSignal): Data {
    switch (signal.kind) {
      case 'succeeded':
        return this.#succeeded(signal.output);
      case 'failed':
      case 'submitFailed':
        this.#started();
        return this.#failed(signal.kind, new StateFailure(signal.error, signal.cause));
      case 'startFailed':
        if (isActivity(this.#state.resource) && signal.error === ErrorName.RUNTIME) {
          throw runtimeError(signal.cause ?? '');
        }
        return this.#failed('startFailed', new StateFailure(signal.error, signal.cause));
      default:
        return this.#timedOut(signal.kind === 'heartbeatTimeout' ? ErrorName.HEARTBEAT_TIMEOUT : undefined);
    }
  }

  #succeeded(value: JsonValue): Data {
    this.#started();
    const result = new Data(value);
    if (exceedsPayloadLimit(result.text)) {
      const { action, arn, service } = this.#state.resource;
      const cause = `The state/task '${action === 'function' ? arn : service}' returned a result with a size exceeding the maximum number of bytes service limit.`;
      return this.#failed('failed', new StateFailure(ErrorName.DATA_LIMIT_EXCEEDED, cause));
    }
    this.#emit(this.#events.succeeded(this.#state.identity, result.text));
    return result;
  }

  #timedOut(alias: string | undefined): never {
    if (isActivity(this.#state.resource)) {
      // Perhaps no worker ever came for it.
      this.#scheduled();
    } else {
      this.#started();
    }
    return this.#failed('timedOut', new StateFailure(ErrorName.TIMEOUT, '', alias));
  }

  #failed(kind: TaskFailureKind, failure: StateFailure): never {
    const details = errorDetails(failure.error, failure.failureCause);
    this.#emit(this.#events.failed(kind, this.#state.identity, details));
    throw failure;
  }

  #emit([type, details]: ReturnType<TaskEvents['scheduled']>): void {
    this.#runtime.emit(this.branch, type, details);
  }
}

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}
