import type { StateMachineType } from '../diagnostics';
import type { QueryLanguage } from '../document/query-language';
import type { Evaluator } from '../evaluation';
import type { TaskIdentity } from '../history';
import type { TaskResource } from '../integrations/task-resource';
import type { Path } from '../jsonpath/path';
import type { JsonValue } from '../values/json';

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
  readonly inputPath: Evaluator | undefined;
  /** JSONPath `ResultSelector`. */
  readonly resultSelector: Evaluator | undefined;
  /** JSONPath `ResultPath`; `null` discards the result. */
  readonly resultPath: Path | null | undefined;
  /** JSONPath `OutputPath`. */
  readonly outputPath: Evaluator | undefined;
  /** JSONata `Output`. */
  readonly output: Evaluator | undefined;
  /** `Assign`: gives an object of variable name to value. */
  readonly assign: Evaluator | undefined;
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
  readonly flow: DataFlow;
  readonly parameters: Evaluator | undefined;
  readonly result: JsonValue | undefined;
  readonly next: string | undefined;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly fullJitter: boolean;
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly resultPath: Path | null | undefined;
  readonly output: Evaluator | undefined;
  readonly assign: Evaluator | undefined;
}

/** What Task, Parallel and Map have in common. */
export interface RetryableState extends StateBase {
  readonly flow: DataFlow;
  /** `Parameters` or `Arguments`. */
  readonly parameters: Evaluator | undefined;
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  readonly next: string | undefined;
}

export interface TaskState extends RetryableState {
  readonly type: 'Task';
  readonly resource: TaskResource;
  /** How events name the resource; shared by all of them. */
  readonly identity: TaskIdentity;
  readonly timeoutSeconds: Evaluator<number> | undefined;
  readonly heartbeatSeconds: Evaluator<number> | undefined;
  readonly credentialsRoleArn: Evaluator<string> | undefined;
  /** Whether a field refers to `Task.Token`, so that a `.sync` task needs a token too. */
  readonly passesTaskToken: boolean;
}

export interface ParallelState extends RetryableState {
  readonly type: 'Parallel';
  readonly branches: readonly Machine[];
}

export interface MapState extends RetryableState {
  readonly type: 'Map';
  readonly processor: Machine;
  /** Absent for an inline Map. */
  readonly distributed: DistributedMap | undefined;
  /** `Items` or `ItemsPath`; without it the state's input. */
  readonly items: Evaluator | undefined;
  readonly itemsPath: Path | undefined;
  readonly itemSelector: Evaluator | undefined;
  readonly maxConcurrency: Evaluator<number> | undefined;
  readonly toleratedFailureCount: Evaluator<number> | undefined;
  readonly toleratedFailurePercentage: Evaluator<number> | undefined;
}

/** What a Map has more where its iterations are executions of their own. */
export interface DistributedMap {
  /** What those executions run. */
  readonly program: StateMachineProgram;
  readonly label: string | undefined;
  readonly itemReader: DataExchange | undefined;
  readonly itemBatcher: ItemBatcher | undefined;
  readonly resultWriter: DataExchange | undefined;
}

/** `ItemReader` or `ResultWriter`. */
export interface DataExchange {
  readonly resource: string | undefined;
  /** `Arguments` or `Parameters`. */
  readonly arguments: Evaluator | undefined;
  /** `ReaderConfig` or `WriterConfig`. */
  readonly config: Evaluator;
  readonly maxItems: Evaluator<number> | undefined;
}

export interface ItemBatcher {
  readonly maxItemsPerBatch: Evaluator<number> | undefined;
  readonly maxInputBytesPerBatch: Evaluator<number> | undefined;
  readonly batchInput: Evaluator | undefined;
}

export interface ChoiceRule {
  readonly matches: Evaluator<boolean>;
  readonly next: string;
  readonly output: Evaluator | undefined;
  readonly assign: Evaluator | undefined;
}

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly flow: DataFlow;
  readonly rules: readonly ChoiceRule[];
  readonly defaultNext: string | undefined;
}

export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly flow: DataFlow;
  /** Epoch milliseconds at which the wait is over. */
  readonly until: Evaluator<number>;
  readonly next: string | undefined;
}

export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
  readonly flow: DataFlow;
}

export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error: Evaluator<string> | undefined;
  readonly cause: Evaluator<string> | undefined;
}
