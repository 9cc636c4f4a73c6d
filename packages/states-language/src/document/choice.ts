import type { AssignField, CommonFields, OutputField, PathFields } from './common';
import type { Computed } from './template';

export interface JsonataChoiceRule extends AssignField, OutputField {
  readonly Comment?: string;
  readonly Condition: Computed<boolean>;
  readonly Next: string;
}

/** A Choice state in JSONata. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */
export interface JsonataChoiceState extends CommonFields, AssignField, OutputField {
  readonly Type: 'Choice';
  readonly Choices: readonly JsonataChoiceRule[];
  readonly Default?: string;
}

/** Each comparison takes a literal; with `Path` behind its name, a path to the value. */
type Comparison<Name extends string, Operand> = { readonly [N in Name]?: Operand } & {
  readonly [N in `${Name}Path`]?: string;
};

type Ordered<Kind extends string> =
  `${Kind}${'Equals' | 'GreaterThan' | 'GreaterThanEquals' | 'LessThan' | 'LessThanEquals'}`;

interface Tests {
  readonly IsBoolean?: boolean;
  readonly IsNull?: boolean;
  readonly IsNumeric?: boolean;
  readonly IsPresent?: boolean;
  readonly IsString?: boolean;
  readonly IsTimestamp?: boolean;
  readonly StringMatches?: string;
}

/** A variable and exactly one comparison. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html#amazon-states-language-choice-state-rules */
export type DataTest = Tests &
  Comparison<'BooleanEquals', boolean> &
  Comparison<Ordered<'Numeric'>, number> &
  Comparison<Ordered<'String'> | Ordered<'Timestamp'>, string> & {
    readonly Comment?: string;
    readonly Variable: string;
    readonly And?: never;
    readonly Or?: never;
    readonly Not?: never;
  };

export type Condition =
  | DataTest
  | { readonly Comment?: string; readonly And: readonly Condition[]; readonly Variable?: never }
  | { readonly Comment?: string; readonly Or: readonly Condition[]; readonly Variable?: never }
  | { readonly Comment?: string; readonly Not: Condition; readonly Variable?: never };

export type JsonPathChoiceRule = Condition & AssignField & { readonly Next: string };

/** A Choice state in JSONPath. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */
export interface JsonPathChoiceState extends CommonFields, AssignField, PathFields {
  readonly Type: 'Choice';
  readonly Choices: readonly JsonPathChoiceRule[];
  readonly Default?: string;
}
