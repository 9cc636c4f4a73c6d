import type { Evaluator } from '../evaluation';
import { ErrorName, runtimeError, StateFailure } from '../failures';
import { placeAt } from '../jsonpath/reference-path';
import type { DataFlow } from '../program/program';
import { type Data, exceedsPayloadLimit } from '../values/data';
import type { JsonObject, JsonValue } from '../values/json';
import type { ActiveState, Branch } from './branch';
import { NOT_TRUNCATED } from './details';
import { EXITED } from './event-types';
import type { Runtime } from './runtime';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

/** Where a branch goes after a state: to the next one, or, without, to its end. */
export interface Transition {
  readonly output: Data;
  readonly next?: string | undefined;
}

/** `InputPath`. */
export function* selectInput(flow: DataFlow, scope: StateScope): Steps<JsonValue> {
  const input = flow.inputPath === undefined ? scope.input : yield* settled(flow.inputPath(scope));
  scope.saw('afterInputPath', input);
  return input;
}

/**
 * What a state hands on once it has its result: `ResultSelector`, `ResultPath` and `OutputPath`, or `Output`.
 *
 * @param scope Sees the raw state input.
 */
export function* composeOutput(flow: DataFlow, scope: StateScope, result: JsonValue): Steps<JsonValue> {
  scope.saw('result', result);
  if (flow.output !== undefined) {
    return yield* settled(flow.output(scope.with(scope.input, { result })));
  }
  const selected = flow.resultSelector === undefined ? result : yield* settled(flow.resultSelector(scope.with(result)));
  scope.saw('afterResultSelector', selected);
  const combined = combine(flow, scope.input, selected);
  scope.saw('afterResultPath', combined);
  return flow.outputPath === undefined ? combined : yield* settled(flow.outputPath(scope.with(combined)));
}

function combine({ resultPath }: DataFlow, input: JsonValue, result: JsonValue): JsonValue {
  if (resultPath === undefined) {
    return result;
  }
  if (resultPath === null) {
    return input;
  }
  if (resultPath.root.kind === 'variable') {
    throw runtimeError(`ResultPath cannot refer to a variable: ${resultPath.text}`);
  }
  return placeAt(resultPath, input, result);
}

/** What `Parameters` or `Arguments` make is an input, and as bounded as any other. */
export function requireWithinLimit(input: Data, stateName: string): void {
  if (exceedsPayloadLimit(input.text)) {
    throw new StateFailure(
      ErrorName.DATA_LIMIT_EXCEEDED,
      `The state/task '${stateName}' was given an input with a size exceeding the maximum number of bytes service limit.`,
    );
  }
}

/** Evaluates `Assign` before any of its values can be seen. */
export function* evaluateAssign(assign: Evaluator | undefined, scope: StateScope): Steps<JsonObject | undefined> {
  return assign === undefined ? undefined : ((yield* settled(assign(scope))) as JsonObject);
}

/** Ends a state: checks the size of its output, appends the exited event, and makes its assignments visible. */
export function exitState(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  output: Data,
  assigned: JsonObject | undefined,
): void {
  const { name, type } = active.state;
  if (exceedsPayloadLimit(output.text)) {
    throw new StateFailure(
      ErrorName.DATA_LIMIT_EXCEEDED,
      `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
  const details = { name, output: output.text, outputDetails: NOT_TRUNCATED };
  runtime.emit(branch, EXITED[type as keyof typeof EXITED], {
    stateExitedEventDetails:
      assigned === undefined
        ? details
        : { ...details, assignedVariables: asTexts(assigned), assignedVariablesDetails: NOT_TRUNCATED },
  });
  if (assigned !== undefined) {
    branch.variables.assign(assigned);
  }
}

function asTexts(values: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
}
