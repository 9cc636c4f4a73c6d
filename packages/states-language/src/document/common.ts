import type { Template, TemplateObject } from './template';

/** Where a state leads: to another one, or to the end. */
export type Transition =
  | { readonly Next: string; readonly End?: never }
  | { readonly End: true; readonly Next?: never };

/** Fields of every state. */
export interface CommonFields {
  readonly Comment?: string;
}

/** Values that outlive the state, by the name of the variable. @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export interface AssignField {
  readonly Assign?: TemplateObject;
}

/** What a JSONata state passes on. */
export interface OutputField {
  readonly Output?: Template;
}

/** What a JSONPath state sees of its input, and what it passes on. `null` stands for an empty object. */
export interface PathFields {
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
}

/** Where a JSONPath state puts its result. `null` discards it. */
export interface ResultPathField {
  readonly ResultPath?: string | null;
}

/** What a JSONPath state keeps of its result, and where it puts it. */
export interface ResultFields extends ResultPathField {
  readonly ResultSelector?: TemplateObject;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
export interface Retrier {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

interface CatcherFields extends AssignField {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-fallback-states */
export interface JsonataCatcher extends CatcherFields, OutputField {}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-fallback-states */
export interface JsonPathCatcher extends CatcherFields, ResultPathField {}

/** What Task, Parallel and Map states do about errors. */
export interface ErrorHandling<Catcher> {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}
