import type { JsonataChoiceState, JsonPathChoiceState } from './choice';
import type {
  AssignField,
  CommonFields,
  ErrorHandling,
  JsonataCatcher,
  JsonPathCatcher,
  OutputField,
  PathFields,
  ResultFields,
  Transition,
} from './common';
import type {
  JsonataFailState,
  JsonataPassState,
  JsonataSucceedState,
  JsonataWaitState,
  JsonPathFailState,
  JsonPathPassState,
  JsonPathSucceedState,
  JsonPathWaitState,
} from './flow-states';
import type {
  ItemBatcher,
  JsonataItemReader,
  JsonataResultWriter,
  JsonPathItemReader,
  JsonPathResultWriter,
  ProcessorConfig,
} from './map-data';
import type { QueryLanguage } from './query-language';
import type { JsonataTaskState, JsonPathTaskState } from './task';
import type { Computed, Expression, Template } from './template';

interface ParallelFields<L extends QueryLanguage> extends CommonFields, AssignField {
  readonly Type: 'Parallel';
  readonly Branches: readonly Branch<L>[];
}

/** `L` is the query language of the whole state machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export type JsonataParallelState<L extends QueryLanguage> = ParallelFields<L> &
  OutputField &
  ErrorHandling<JsonataCatcher> &
  Transition & { readonly Arguments?: Template };

/** `L` is the query language of the whole state machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export type JsonPathParallelState<L extends QueryLanguage> = ParallelFields<L> &
  PathFields &
  ResultFields &
  ErrorHandling<JsonPathCatcher> &
  Transition & { readonly Parameters?: Template };

/** The states that each item passes through. `L` is the query language of the whole state machine. */
export interface ItemProcessor<L extends QueryLanguage> extends Branch<L> {
  readonly ProcessorConfig?: ProcessorConfig;
}

interface MapFields<L extends QueryLanguage> extends CommonFields, AssignField {
  readonly Type: 'Map';
  readonly ItemProcessor?: ItemProcessor<L>;
  /** The older name of `ItemProcessor`. */
  readonly Iterator?: ItemProcessor<L>;
  readonly ItemSelector?: Template;
  readonly ItemBatcher?: ItemBatcher;
  /** Part of the ARN of each Map Run. */
  readonly Label?: string;
}

/** `L` is the query language of the whole state machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export type JsonataMapState<L extends QueryLanguage> = MapFields<L> &
  OutputField &
  ErrorHandling<JsonataCatcher> &
  Transition & {
    readonly Items?: readonly Template[] | { readonly [key: string]: Template } | Expression;
    readonly ItemReader?: JsonataItemReader;
    readonly ResultWriter?: JsonataResultWriter;
    /** At most this many iterations at a time; an inline Map runs up to 40. */
    readonly MaxConcurrency?: Computed<number>;
    readonly ToleratedFailureCount?: Computed<number>;
    readonly ToleratedFailurePercentage?: Computed<number>;
  };

/** `L` is the query language of the whole state machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export type JsonPathMapState<L extends QueryLanguage> = MapFields<L> &
  PathFields &
  ResultFields &
  ErrorHandling<JsonPathCatcher> &
  Transition & {
    readonly ItemsPath?: string;
    /** The older name of `ItemSelector`. */
    readonly Parameters?: Template;
    readonly ItemReader?: JsonPathItemReader;
    readonly ResultWriter?: JsonPathResultWriter;
    readonly MaxConcurrency?: number;
    readonly MaxConcurrencyPath?: string;
    readonly ToleratedFailureCount?: number;
    readonly ToleratedFailureCountPath?: string;
    readonly ToleratedFailurePercentage?: number;
    readonly ToleratedFailurePercentagePath?: string;
  };

/** A state in JSONata. `L` is the query language of the whole state machine, which states inside this one go by. */
export type JsonataState<L extends QueryLanguage = 'JSONata'> =
  | JsonataPassState
  | JsonataTaskState
  | JsonataChoiceState
  | JsonataWaitState
  | JsonataSucceedState
  | JsonataFailState
  | JsonataParallelState<L>
  | JsonataMapState<L>;

/** A state in JSONPath, which only a state machine in JSONPath can have. */
export type JsonPathState =
  | JsonPathPassState
  | JsonPathTaskState
  | JsonPathChoiceState
  | JsonPathWaitState
  | JsonPathSucceedState
  | JsonPathFailState
  | JsonPathParallelState<'JSONPath'>
  | JsonPathMapState<'JSONPath'>;

/** A state machine in JSONPath may have single states in JSONata; the other way round is refused. */
interface StatesOf {
  readonly JSONata: JsonataState & { readonly QueryLanguage?: 'JSONata' };
  readonly JSONPath:
    | (JsonPathState & { readonly QueryLanguage?: 'JSONPath' })
    | (JsonataState<'JSONPath'> & { readonly QueryLanguage: 'JSONata' });
}

/** A state of a state machine whose query language is `L`. */
export type State<L extends QueryLanguage = QueryLanguage> = StatesOf[L];

export type States<L extends QueryLanguage = QueryLanguage> = Readonly<Record<string, State<L>>>;

/** States with a start: a branch of a Parallel state, the processor of a Map state, the whole state machine. */
export interface Branch<L extends QueryLanguage = QueryLanguage> {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: States<L>;
}

interface DefinitionFields {
  readonly Version?: '1.0';
  /** Seconds for the whole execution. */
  readonly TimeoutSeconds?: number;
}

export interface JsonataDefinition extends Branch<'JSONata'>, DefinitionFields {
  readonly QueryLanguage: 'JSONata';
}

export interface JsonPathDefinition extends Branch<'JSONPath'>, DefinitionFields {
  readonly QueryLanguage?: 'JSONPath';
}

/** A state machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html */
export type Definition = JsonataDefinition | JsonPathDefinition;

export type StateType = State['Type'];

export type TaskState = JsonataTaskState | JsonPathTaskState;
export type ChoiceState = JsonataChoiceState | JsonPathChoiceState;
export type ChoiceRule = ChoiceState['Choices'][number];
export type MapState = Extract<State, { readonly Type: 'Map' }>;
export type ParallelState = Extract<State, { readonly Type: 'Parallel' }>;
