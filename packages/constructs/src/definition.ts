/**
 * Amazon States Language in JSONata, as far as the constructs write it: typed objects, serialized once.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */

/** A JSONata expression with its delimiters. @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export type Expression = `{%${string}%}`;

/** JSON in which every string may be an expression. */
export type Template = null | boolean | number | string | readonly Template[] | { readonly [key: string]: Template };

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-fallback-states */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, Template>>;
  readonly Output?: Template;
}

/** Where a state leads: to another one, or to the end. */
export type Transition =
  | { readonly Next: string; readonly End?: never }
  | { readonly End: true; readonly Next?: never };

interface Common {
  readonly Comment?: string;
  readonly Assign?: Readonly<Record<string, Template>>;
  readonly Output?: Template;
}

export type PassState = Common & Transition & { readonly Type: 'Pass' };

export type TaskState = Common &
  Transition & {
    readonly Type: 'Task';
    readonly Resource: string;
    readonly Arguments: Template;
    /** Seconds, 1 to 99999999. */
    readonly TimeoutSeconds?: number | Expression;
    readonly HeartbeatSeconds?: number | Expression;
    readonly Retry?: readonly Retrier[];
    readonly Catch?: readonly Catcher[];
  };

export type MapState = Common &
  Transition & {
    readonly Type: 'Map';
    /** At most this many iterations at a time; an inline Map runs up to 40. */
    readonly MaxConcurrency?: number;
    readonly ItemProcessor: {
      readonly ProcessorConfig: { readonly Mode: 'INLINE' };
      readonly StartAt: string;
      readonly States: States;
    };
    readonly Retry?: readonly Retrier[];
    readonly Catch?: readonly Catcher[];
  };

export interface ChoiceRule {
  readonly Condition: Expression;
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, Template>>;
  readonly Output?: Template;
}

export type ChoiceState = Common & {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default: string;
};

export type WaitState = Common & Transition & { readonly Type: 'Wait'; readonly Seconds: number | Expression };

export interface SucceedState {
  readonly Type: 'Succeed';
  readonly Comment?: string;
  readonly Output?: Template;
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Comment?: string;
  readonly Error: string;
  readonly Cause: string;
}

export type State = PassState | TaskState | MapState | ChoiceState | WaitState | SucceedState | FailState;

export type States = Readonly<Record<string, State>>;

export interface Definition {
  readonly Comment?: string;
  readonly QueryLanguage: 'JSONata';
  readonly StartAt: string;
  readonly States: States;
  /** Seconds for the whole execution. */
  readonly TimeoutSeconds?: number;
}

/** Every state with its name, those inside Maps too. */
export function* statesOf(states: States): Generator<readonly [name: string, state: State]> {
  for (const [name, state] of Object.entries(states)) {
    yield [name, state];
    if (state.Type === 'Map') {
      yield* statesOf(state.ItemProcessor.States);
    }
  }
}

/** Every Task state with its name. */
export function* tasksOf(definition: Definition): Generator<readonly [name: string, state: TaskState]> {
  for (const [name, state] of statesOf(definition.States)) {
    if (state.Type === 'Task') {
      yield [name, state];
    }
  }
}
