import type { TaskResource } from './integrations/task-resource';
import type { StateMachineProgram } from './program/program';
import type { JsonValue } from './values/json';

/**
 * What an execution needs from the world, and what the world may tell it. The interpreter does no I/O of its own:
 * time, randomness, task tokens and tasks are handed in here, so the same answers give the same history.
 */

/** Withdraws a timer. Calling it twice, or after the timer ran, does nothing. */
export type CancelTimer = () => void;

/** Time as the interpreter sees it. All instants are epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Runs `callback` once, at `atMs` or as soon as possible after it, never synchronously. */
  schedule(atMs: number, callback: () => void): CancelTimer;
  /** Keeps virtual time from passing until `work` settles; returns `work`. A clock of real time needs none. */
  hold?<T>(work: Promise<T>): Promise<T>;
}

/** One attempt at one Task state, ready to be carried out. */
export interface TaskRequest {
  readonly stateName: string;
  /** As the Context Object has them: `Execution.Id` and `StateMachine.Id`. */
  readonly executionId: string;
  readonly stateMachineId: string;
  readonly resource: TaskResource;
  /** Evaluated `Arguments` or `Parameters`; for a bare function ARN the effective input. */
  readonly arguments: JsonValue;
  /** The JSON text of `arguments` as the history shows it. */
  readonly argumentsText: string;
  /** Set for `WAIT_FOR_TASK_TOKEN` and for activities. */
  readonly taskToken?: string;
  /** ARN of the role that a state's `Credentials` names, when it has one. */
  readonly credentialsRoleArn?: string;
}

/**
 * What becomes of a task. Exactly one of `succeeded`, `failed`, `startFailed`, `submitFailed`, `timedOut` ends it; calls after the
 * end, or after the interpreter cancelled the task, are ignored.
 */
export interface TaskListener {
  /** The task waits for a worker of its activity (`ActivityScheduled`). Implied by `started` and the ends. */
  scheduled(): void;
  /**
   * The service took the request up (`TaskStarted`, `LambdaFunctionStarted`), or a worker, which may have a name, took
   * the task of its activity (`ActivityStarted`). Implied by `submitted` and the ends.
   */
  started(workerName?: string): void;
  /** The service answered, and the state goes on waiting (`TaskSubmitted`): `.sync` and `.waitForTaskToken`. */
  submitted(output: JsonValue): void;
  succeeded(output: JsonValue): void;
  failed(error: string, cause: string): void;
  /**
   * The request could not be sent (`TaskStartFailed`, `LambdaFunctionStartFailed`, `ActivityScheduleFailed`). An
   * activity that does not exist is the error `States.Runtime`: it leaves no event and ends the execution.
   */
  startFailed(error: string, cause: string): void;
  /** The service refused a `.sync` or `.waitForTaskToken` request (`TaskSubmitFailed`). */
  submitFailed(error: string, cause: string): void;
  /** A limit of the task is over (`TaskTimedOut`), though the clock does not say so. */
  timedOut(limit: 'timeout' | 'heartbeatTimeout'): void;
}

/** A task under way. */
export interface RunningTask {
  /** The state timed out, a sibling branch failed, or the execution was stopped: stop what can be stopped. */
  cancel(): void;
}

/** Carries out Task states. */
export interface TaskRunner {
  /** Starts a task. Reports through `listener`, never synchronously. Must not throw. */
  run(request: TaskRequest, listener: TaskListener): RunningTask;
  /**
   * Takes up a `.sync` task again after a replay: it was submitted before, with this output. A runner without this
   * method is given the request anew by `run`.
   */
  resume?(request: TaskRequest, submitted: JsonValue, listener: TaskListener): RunningTask;
}

/** `ItemReader` of a distributed Map, with its fields evaluated. */
export interface ItemReaderRequest {
  /** Such as `arn:aws:states:::s3:getObject`. */
  readonly resource: string;
  /** `Arguments` or `Parameters`, such as `{"Bucket": …, "Key": …}`. */
  readonly arguments: JsonValue;
  /** `ReaderConfig`; in place of `MaxItemsPath` it has `MaxItems`. */
  readonly config: { readonly [field: string]: JsonValue };
}

/** Items that were read from one place. */
export interface ReadItems {
  /** `$$.Map.Item.Source`, such as `S3://bucket/key`. */
  readonly source: string;
  /** An array of items, or an object, each of whose key-value pairs is one. */
  readonly items: JsonValue[] | { [key: string]: JsonValue };
}

/** `ResultWriter` of a distributed Map, with its fields evaluated. */
export interface ResultWriterRequest {
  /** Absent where the results are only transformed, not written. */
  readonly resource?: string;
  readonly arguments?: JsonValue;
  readonly config: { readonly [field: string]: JsonValue };
}

/** What a Map Run is, before its items are known. */
export interface MapRunRequest {
  readonly mapRunArn: string;
  /** The execution that the Map state is in. */
  readonly executionArn: string;
  /** Name of the Map state. */
  readonly stateName: string;
  /** The label in the ARN: the one that the definition gives, or a generated one. */
  readonly label: string;
  /** What each child execution runs. */
  readonly program: StateMachineProgram;
  /** 0 for no limit. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly itemReader?: ItemReaderRequest;
  readonly resultWriter?: ResultWriterRequest;
}

/** What one child execution of a Map Run works on. */
export interface ChildInput {
  /** JSON text. */
  readonly input: string;
  /** More than one for a batch. */
  readonly itemCount: number;
}

/** What becomes of a Map Run, or of the reading of its items. One call ends it; calls after that are ignored. */
export interface MapRunListener {
  succeeded(output: JsonValue): void;
  failed(error: string, cause: string): void;
}

/**
 * Carries out distributed Maps: reads their items, runs a child execution for each and writes the results. All methods
 * report through the listener, never synchronously, and must not throw. After a replay they are called again for the
 * same ARN where no report had come.
 */
export interface MapRunner {
  /** Reads the items of `request.itemReader`, and reports a list of {@link ReadItems}. The Map Run exists from here on. */
  readItems(request: MapRunRequest, listener: MapRunListener): RunningTask;
  /** Runs the child executions, and reports the output of the state before `ResultSelector`. */
  run(request: MapRunRequest, children: readonly ChildInput[], listener: MapRunListener): RunningTask;
  /** Runs on the children that have not succeeded. */
  redrive(mapRunArn: string, listener: MapRunListener): RunningTask;
  /** The items that were read cannot be worked on: the Map Run has failed. */
  fail(mapRunArn: string): void;
}

/** Everything that an execution is given by what runs it. */
export interface Host {
  readonly clock: Clock;
  readonly tasks: TaskRunner;
  /**
   * By how much Wait states and the delays of retries are longer than the definition says: 0.01 makes a minute 0.6 s.
   * Timeouts and heartbeats bound work that takes real time, so they stay as they are.
   * @default 1
   */
  readonly waitTimeScale?: number;
  /** @default - distributed Maps fail */
  readonly mapRuns?: MapRunner;
  /** A number in [0, 1): jitter and `States.MathRandom`/`$random` without a seed. */
  random(): number;
  /** A new, unguessable task token of at most 2048 characters; also `States.UUID()` style ids come from `uuid`. */
  newTaskToken(): string;
  uuid(): string;
}
