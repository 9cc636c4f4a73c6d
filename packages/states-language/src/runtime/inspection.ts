import type { Scope } from '../evaluation';
import { FieldError } from '../failures';
import type { HistoryEvent } from '../history';
import type { JsonValue } from '../host';
import { placeAt } from '../jsonpath/reference-path';
import type { DataFlow, State } from '../program/program';
import type { JsonObject } from '../values/json';

type Values = Readonly<Record<string, JsonValue>> | undefined;

/**
 * The data flow through a state that has run, step by step, as `TestState` shows it: each step as JSON text.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html
 */
export async function inspect(
  state: State,
  history: readonly HistoryEvent[],
  variables: Values,
  context: Values,
): Promise<Readonly<Record<string, string>>> {
  const entered = history.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === state.name);
  const exited = history.find(({ stateExitedEventDetails }) => stateExitedEventDetails?.name === state.name);
  const input = parse(entered?.stateEnteredEventDetails?.input) ?? null;
  const data: JsonObject = { input };
  const scope = scopeOf(input, variables, context, entered?.timestamp ?? 0);
  try {
    await addInput(data, state, scope);
    addResult(data, state, history);
    if (state.language === 'JSONPath' && 'flow' in state) {
      await addOutput(data, state.flow, scope);
    }
  } catch (error) {
    // The state failed at this very step: what came before it is what there is to show.
    if (!(error instanceof FieldError)) {
      throw error;
    }
  }
  const assigned = exited?.stateExitedEventDetails?.assignedVariables ?? {};
  const after = Object.entries(assigned).map(([name, text]): [string, JsonValue] => [name, parse(text) ?? null]);
  return asTexts({ ...data, variables: { ...variables, ...Object.fromEntries(after) } });
}

function asTexts(data: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([step, value]) => [step, JSON.stringify(value)]));
}

async function addInput(data: JsonObject, state: State, scope: Scope): Promise<void> {
  if ('flow' in state && state.flow.inputPath !== undefined) {
    data.afterInputPath = await state.flow.inputPath(scope);
  } else if (state.language === 'JSONPath') {
    data.afterInputPath = scope.input;
  }
  if ('parameters' in state && state.parameters !== undefined) {
    const field = state.language === 'JSONata' ? 'afterArguments' : 'afterParameters';
    data[field] = await state.parameters(within(scope, data.afterInputPath ?? scope.input));
  }
}

function addResult(data: JsonObject, state: State, history: readonly HistoryEvent[]): void {
  const succeeded = history.findLast(({ type }) => type === 'TaskSucceeded' || type === 'LambdaFunctionSucceeded');
  const text = succeeded?.taskSucceededEventDetails?.output ?? succeeded?.lambdaFunctionSucceededEventDetails?.output;
  const result = state.type === 'Pass' ? passResult(state.result, data) : parse(text);
  if (result !== undefined) {
    data.result = result;
  }
}

function passResult(
  result: JsonValue | undefined,
  { afterInputPath, afterParameters }: JsonObject,
): JsonValue | undefined {
  if (result !== undefined) {
    return result;
  }
  return afterParameters === undefined ? afterInputPath : afterParameters;
}

async function addOutput(data: JsonObject, flow: DataFlow, scope: Scope): Promise<void> {
  if (data.result === undefined) {
    return;
  }
  data.afterResultSelector =
    flow.resultSelector === undefined ? data.result : await flow.resultSelector(within(scope, data.result));
  if (flow.resultPath === null) {
    data.afterResultPath = scope.input;
  } else {
    data.afterResultPath =
      flow.resultPath === undefined
        ? data.afterResultSelector
        : placeAt(flow.resultPath, scope.input, data.afterResultSelector);
  }
}

function parse(text: string | undefined): JsonValue | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
}

function scopeOf(input: JsonValue, variables: Values, context: Values, nowMs: number): Scope {
  return {
    input,
    nowMs,
    context: () => ({ ...context }),
    variable: (name) => variables?.[name],
    variableNames: () => Object.keys(variables ?? {}),
    random: Math.random,
    uuid: () => crypto.randomUUID(),
  };
}

function within(scope: Scope, input: JsonValue): Scope {
  return { ...scope, input };
}
