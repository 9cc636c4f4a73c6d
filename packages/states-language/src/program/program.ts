import type { StateMachineType } from '../diagnostics';
import type { Evaluator } from '../evaluation';
import type { TaskIdentity } from '../history';
import type { JsonValue, TaskResource } from '../host';
import type { Path } from '../jsonpath/path';

export type QueryLanguage = 'JSONPath' | 'JSONata';

/** A definition, validated and compiled once, to be shared by every execution of the state machine. Immutable. */
export interface StateMachineProgram {
  readonly type: StateMachineType;
  readonly startAt: string;
  readonly timeoutSeconds?: number;
  /** The definition's text as it was given. */
  readonly definition: string;
  /** The compiled states. For the interpreter. */
  readonly machine: Machine;
}

/** States with a start: the whole state machine, a branch of a Parallel, or the processor of a Map. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

interface StateBase {
  readonly name: string;
  readonly language: QueryLanguage;
}

/** Where a state's data comes from and goes to. Absent fields leave the data as it is. */
export interface DataFlow {
  /** JSONPath `InputPath`. */
  readonly inputPath?: Evaluator;
  /** JSONPath `ResultSelector`. */
  readonly resultSelector?: Evaluator;
  /** JSONPath `ResultPath`; `null` discards the result. */
  readonly resultPath?: Path | null;
  /** JSONPath `OutputPath`. */
  readonly outputPath?: Evaluator;
  /** JSONata `Output`. */
  readonly output?: Evaluator;
  /** `Assign`: gives an object of variable name to value. */
  readonly assign?: Evaluator;
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
  readonly flow: DataFlow;
  readonly parameters?: Evaluator;
  readonly result?: JsonValue;
  readonly next?: string;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly fullJitter: boolean;
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly resultPath?: Path | null;
  readonly output?: Evaluator;
  readonly assign?: Evaluator;
}

/** What Task, Parallel and Map have in common. */
export interface RetryableState extends StateBase {
  readonly flow: DataFlow;
  /** `Parameters` or `Arguments`. */
  readonly parameters?: Evaluator;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  readonly next?: string;
}

export interface TaskState extends RetryableState {
  readonly type: 'Task';
  readonly resource: TaskResource;
  /** How events name the resource; shared by all of them. */
  readonly identity: TaskIdentity;
  readonly timeoutSeconds?: Evaluator<number>;
  readonly heartbeatSeconds?: Evaluator<number>;
  readonly credentialsRoleArn?: Evaluator<string>;
  /** Whether a field refers to `Task.Token`, so that a `.sync` task needs a token too. */
  readonly readsTaskToken: boolean;
}

export interface ParallelState extends RetryableState {
  readonly type: 'Parallel';
  readonly branches: readonly Machine[];
}

export interface MapState extends RetryableState {
  readonly type: 'Map';
  readonly processor: Machine;
  readonly distributed: boolean;
  readonly label?: string;
  /** `Items` or `ItemsPath`; without it the state's input. */
  readonly items?: Evaluator;
  readonly itemsPath?: Path;
  readonly itemSelector?: Evaluator;
  readonly itemBatcher?: ItemBatcher;
  readonly maxConcurrency?: Evaluator<number>;
  readonly toleratedFailureCount?: Evaluator<number>;
  readonly toleratedFailurePercentage?: Evaluator<number>;
}

export interface ItemBatcher {
  readonly maxItemsPerBatch?: Evaluator<number>;
  readonly maxInputBytesPerBatch?: Evaluator<number>;
  readonly batchInput?: Evaluator;
}

export interface ChoiceRule {
  readonly matches: Evaluator<boolean>;
  readonly next: string;
  readonly output?: Evaluator;
  readonly assign?: Evaluator;
}

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly flow: DataFlow;
  readonly rules: readonly ChoiceRule[];
  readonly defaultNext?: string;
}

export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly flow: DataFlow;
  /** Epoch milliseconds at which the wait is over. */
  readonly until: Evaluator<number>;
  readonly next?: string;
}

export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
  readonly flow: DataFlow;
}

export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error?: Evaluator<string>;
  readonly cause?: Evaluator<string>;
}
