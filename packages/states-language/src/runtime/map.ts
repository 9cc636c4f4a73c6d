import { queryError, runtimeError } from '../failures';
import type { JsonValue } from '../host';
import { applyPath, missingPath } from '../jsonpath/apply-path';
import { INLINE_MAP_CONCURRENCY } from '../limits';
import type { MapState } from '../program/program';
import { Data } from '../values/data';
import { type AttemptHooks, withRetries } from './attempts';
import type { ActiveState, Branch } from './branch';
import { FatalFailure } from './fatal-failure';
import { blaming } from './field-errors';
import { batchItems } from './map-batches';
import { type Iterations, runIterations } from './map-iterations';
import { tryMap } from './map-trial';
import type { Runtime } from './runtime';
import { composeOutput, evaluateAssign, exitState, selectInput, type Transition } from './state-exit';
import { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';
import { readToleratedFailures } from './tolerated-failures';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export function runMap(runtime: Runtime, branch: Branch, active: ActiveState, state: MapState): Steps<Transition> {
  return withRetries(runtime, branch, active, state, ATTEMPTS);
}

const ATTEMPTS: AttemptHooks<MapState> = {
  attempt,
  gaveUp: (runtime, branch) => {
    runtime.emit(branch, 'MapStateFailed', {});
  },
};

/**
 * Reads `MaxConcurrency` before the state is entered. For a negative value AWS ends the execution there and then, with
 * nothing more in its history.
 */
export function* readMaxConcurrency(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: MapState,
): Steps<number> {
  if (state.maxConcurrency === undefined) {
    return 0;
  }
  const scope = new StateScope(runtime, branch, active, active.input.value);
  const value = yield* settled(state.maxConcurrency(scope.with(yield* selectInput(state.flow, scope))));
  if (value < 0) {
    const cause = `Expected non-negative integer for MaxConcurrency, but got ${value} instead.`;
    throw new FatalFailure('States.Runtime', cause, branch, true);
  }
  return value;
}

function* attempt(runtime: Runtime, branch: Branch, active: ActiveState, state: MapState): Steps<Transition> {
  const raw = new StateScope(runtime, branch, active, active.input.value);
  const input = yield* selectInput(state.flow, raw);
  const scope = input === raw.input ? raw : raw.with(input);
  const { trial } = runtime;
  if (trial === undefined) {
    state.unsupported?.(scope);
  }
  const found = trial?.readItems(input) ?? (yield* readItems(state, scope));
  const maxConcurrency = yield* readMaxConcurrency(runtime, branch, active, state);
  if (trial !== undefined) {
    scope.saw('maxConcurrency', maxConcurrency);
    return yield* finish(runtime, branch, active, state, raw, yield* tryMap(trial, state, scope, found));
  }
  const items = state.itemBatcher === undefined ? found : yield* batchItems(state.itemBatcher, found, scope);
  const keepsChildren = active.redriven && active.children !== undefined;
  active.redriven = false;
  if (!keepsChildren) {
    runtime.emit(branch, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    active.children = [];
  }
  const toleratedFailures = yield* readToleratedFailures(state, scope, items.length);
  const iterations: Iterations = {
    items,
    scope,
    toleratedFailures,
    maxConcurrency: maxConcurrency > 0 ? maxConcurrency : state.distributed ? items.length : INLINE_MAP_CONCURRENCY,
    children: active.children ?? [],
  };
  const outputs = yield* runIterations(runtime, branch, active, state, iterations);
  const previous = branch.lastEventId;
  const resultEventId = runtime.emit(branch, 'MapStateSucceeded', {});
  branch.lastEventId = state.distributed ? exitPredecessor(active, previous) : previous;
  active.children = undefined;
  return yield* blaming(branch, resultEventId, finish(runtime, branch, active, state, raw, outputs));
}

function* finish(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: MapState,
  raw: StateScope,
  outputs: JsonValue,
): Steps<Transition> {
  const output = new Data(yield* composeOutput(state.flow, raw, outputs));
  const assignScope = state.language === 'JSONata' ? raw.with(raw.input, { result: outputs }) : raw.with(outputs);
  exitState(runtime, branch, active, output, yield* evaluateAssign(state.flow.assign, assignScope));
  return { output, next: state.next };
}

/** As recorded: a distributed Map that the machine starts with names `MapRunSucceeded`, any other `MapRunStarted`. */
function exitPredecessor(active: ActiveState, mapRunSucceededId: number): number {
  return active.cameFromEventId === 0 ? mapRunSucceededId : mapRunSucceededId - 1;
}

function* readItems(state: MapState, scope: StateScope): Steps<JsonValue[]> {
  const items = yield* findItems(state, scope);
  scope.saw('afterItemsPath', items);
  return items;
}

function* findItems(state: MapState, scope: StateScope): Steps<JsonValue[]> {
  if (state.items !== undefined) {
    const items = yield* settled(state.items(scope));
    return Array.isArray(items) ? items : [items];
  }
  if (state.itemsPath !== undefined) {
    const items = applyPath(state.itemsPath, scope);
    if (items === undefined) {
      throw missingPath(state.itemsPath, scope);
    }
    if (!Array.isArray(items)) {
      // AWS writes a path into the context object with one `$`, as recorded.
      throw runtimeError(`Reference path "${state.itemsPath.text.replace(/^\$\$/, '$')}" must point to array.`);
    }
    return items;
  }
  const { input } = scope;
  if (Array.isArray(input)) {
    return input;
  }
  if (state.language === 'JSONata') {
    throw queryError(`Map state input must be an array but was: ${JSON.stringify(input)}`);
  }
  throw runtimeError('Reference path "$" must point to array.');
}
