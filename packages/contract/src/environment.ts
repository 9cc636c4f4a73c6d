import type { FunctionDefinitions, FunctionName } from './functions';
import type { VARIABLES, VariableName } from './variables';

type VariableOf<Name extends FunctionName> = FunctionDefinitions[Name]['environment'][number];

/**
 * Exactly the environment of a function, as a deployment sets it. A missing or misspelt variable, or a variable of
 * another function, does not compile.
 *
 * @example
 * const environment: FunctionEnvironment<'get-task'> = { TASKS_TABLE_NAME: table.name };
 */
export type FunctionEnvironment<Name extends FunctionName> = Readonly<Record<VariableOf<Name>, string>> & {
  readonly [Other in Exclude<VariableName, VariableOf<Name>>]?: never;
};

/** The environment of a function as its code reads it: integers are numbers. */
export type EnvironmentOf<Name extends FunctionName> = {
  readonly [Variable in VariableOf<Name>]: (typeof VARIABLES)[Variable]['kind'] extends 'integer' ? number : string;
};
