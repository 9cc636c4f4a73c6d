import { ErrorName, StateFailure } from '../failures';
import type { HistoryEventType, TaskIdentity } from '../history';
import type { JsonValue } from '../host';
import type { TaskState } from '../program/program';
import { Data, exceedsPayloadLimit } from '../values/data';
import type { Pending } from './attempts';
import type { ActiveState, Branch } from './branch';
import { errorDetails, NOT_TRUNCATED } from './details';
import type { EventDetails, Runtime, TaskHandle, TaskLimits, TaskSignal } from './runtime';
import { composeOutput, evaluateAssign, exitState, type Transition } from './state-exit';
import { StateScope } from './state-scope';
import { Mailbox, type Steps } from './suspension';

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

type FinalSignal = Exclude<TaskSignal, { kind: 'started' | 'submitted' }> | Extract<TaskSignal, { kind: 'succeeded' }>;

/**
 * One attempt while its task runs: takes what the task reports, and appends its events, `LambdaFunction…` for a bare
 * function ARN, `Task…` for everything else. It is the mailbox that the branch waits on, so that a hundred thousand
 * waiting executions hold one object each for it.
 */
export class RunningTaskState extends Mailbox<TaskSignal> implements Pending {
  #hasStarted = false;

  readonly #runtime: Runtime;
  readonly #state: TaskState;

  constructor(runtime: Runtime, branch: Branch, state: TaskState) {
    super(branch);
    this.#runtime = runtime;
    this.#state = state;
  }

  handle(signal: unknown): Data | undefined {
    const report = signal as TaskSignal;
    if (report.kind === 'started') {
      this.#started();
      return undefined;
    }
    if (report.kind === 'submitted') {
      this.#submitted(report.output);
      return undefined;
    }
    const task = this.branch.waitingFor as TaskHandle;
    this.branch.waitingFor = undefined;
    if (report.kind === 'timeout' || report.kind === 'heartbeatTimeout') {
      task.release();
    } else {
      task.close();
    }
    return this.#ended(report);
  }

  finish(active: ActiveState, result: Data): Steps<Transition> {
    return finish(this.#runtime, this.branch, active, this.#state, result);
  }

  get #isFunction(): boolean {
    return this.#state.resource.action === 'function';
  }

  get #identity(): TaskIdentity {
    return this.#state.identity;
  }

  /** Appends the event of the request. */
  scheduled(args: Data, limits: TaskLimits, roleArn: string | undefined): void {
    const shared = {
      ...(limits.timeoutSeconds === undefined ? {} : { timeoutInSeconds: limits.timeoutSeconds }),
      ...(roleArn === undefined ? {} : { taskCredentials: { roleArn } }),
    };
    if (this.#isFunction) {
      this.#emit('LambdaFunctionScheduled', {
        lambdaFunctionScheduledEventDetails: {
          resource: this.#state.resource.arn,
          input: args.text,
          inputDetails: NOT_TRUNCATED,
          ...shared,
        },
      });
      return;
    }
    this.#emit('TaskScheduled', {
      taskScheduledEventDetails: {
        resourceType: this.#identity.resourceType,
        resource: this.#identity.resource,
        region: regionOf(this.#runtime.context.execution.id),
        parameters: args.text,
        ...shared,
        ...(limits.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: limits.heartbeatSeconds }),
      },
    });
  }

  #started(): void {
    if (this.#hasStarted) {
      return;
    }
    this.#hasStarted = true;
    if (this.#isFunction) {
      this.#emit('LambdaFunctionStarted');
    } else {
      this.#emit('TaskStarted', { taskStartedEventDetails: this.#identity });
    }
  }

  #submitted(output: JsonValue): void {
    this.#started();
    const { resourceType, resource } = this.#identity;
    // Written out: an object that begins with a spread gets a hidden class of its own, which costs more than its data.
    const details = { resourceType, resource, output: JSON.stringify(output), outputDetails: NOT_TRUNCATED };
    this.#emit('TaskSubmitted', { taskSubmittedEventDetails: details });
  }

  /** Appends the last event. Returns the result, or throws the failure. */
  #ended(signal: FinalSignal): Data {
    switch (signal.kind) {
      case 'succeeded':
        return this.#succeeded(signal.output);
      case 'failed':
        this.#started();
        this.#emitError('LambdaFunctionFailed', 'TaskFailed', signal.error, signal.cause);
        throw new StateFailure(signal.error, signal.cause);
      case 'startFailed':
        this.#emitError('LambdaFunctionStartFailed', 'TaskStartFailed', signal.error, signal.cause);
        throw new StateFailure(signal.error, signal.cause);
      case 'submitFailed':
        this.#started();
        this.#emitError('LambdaFunctionFailed', 'TaskSubmitFailed', signal.error, signal.cause);
        throw new StateFailure(signal.error, signal.cause);
      default:
        this.#started();
        this.#emitError('LambdaFunctionTimedOut', 'TaskTimedOut', ErrorName.TIMEOUT, undefined);
        throw new StateFailure(
          ErrorName.TIMEOUT,
          '',
          signal.kind === 'heartbeatTimeout' ? ErrorName.HEARTBEAT_TIMEOUT : undefined,
        );
    }
  }

  #succeeded(value: JsonValue): Data {
    this.#started();
    const result = new Data(value);
    if (exceedsPayloadLimit(result.text)) {
      const cause = `The state/task '${this.#state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
      this.#emitError('LambdaFunctionFailed', 'TaskFailed', ErrorName.DATA_LIMIT_EXCEEDED, cause);
      throw new StateFailure(ErrorName.DATA_LIMIT_EXCEEDED, cause);
    }
    const output = result.text;
    const outputDetails = NOT_TRUNCATED;
    if (this.#isFunction) {
      this.#emit('LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: { output, outputDetails } });
    } else {
      const { resourceType, resource } = this.#identity;
      this.#emit('TaskSucceeded', { taskSucceededEventDetails: { resourceType, resource, output, outputDetails } });
    }
    return result;
  }

  #emitError(
    functionEvent: FunctionErrorEvent,
    taskEvent: TaskErrorEvent,
    error: string | undefined,
    cause: string | undefined,
  ): void {
    const details = errorDetails(error, cause);
    if (this.#isFunction) {
      this.#emit(functionEvent, { [detailsKey(functionEvent)]: details });
    } else {
      const { resourceType, resource } = this.#identity;
      this.#emit(taskEvent, { [detailsKey(taskEvent)]: { resourceType, resource, ...details } });
    }
  }

  #emit(type: HistoryEventType, details?: EventDetails): void {
    this.#runtime.emit(this.branch, type, details);
  }
}

type FunctionErrorEvent = 'LambdaFunctionFailed' | 'LambdaFunctionStartFailed' | 'LambdaFunctionTimedOut';
type TaskErrorEvent = 'TaskFailed' | 'TaskStartFailed' | 'TaskSubmitFailed' | 'TaskTimedOut';

function detailsKey(type: FunctionErrorEvent | TaskErrorEvent): string {
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}
