import { INLINE_MAP_CONCURRENCY } from '../limits';
import { toleratesFailures } from '../map-run';
import type { MapState } from '../program/program';
import { Data } from '../values/data';
import type { JsonValue } from '../values/json';
import { type AttemptHooks, withRetries } from './attempts';
import type { ActiveState, Branch } from './branch';
import { type MapResult, runDistributed } from './distributed-map';
import { blaming } from './field-errors';
import { stateItems } from './map-items';
import { type Iterations, runIterations } from './map-iterations';
import { tryMap } from './map-trial';
import { readMaxConcurrency } from './max-concurrency';
import type { Runtime } from './runtime';
import { composeOutput, evaluateAssign, exitState, selectInput, type Transition } from './state-exit';
import { StateScope } from './state-scope';
import type { Steps } from './suspension';
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

function* attempt(runtime: Runtime, branch: Branch, active: ActiveState, state: MapState): Steps<Transition> {
  const raw = new StateScope(runtime, branch, active, active.input.value);
  const input = yield* selectInput(state.flow, raw);
  const scope = input === raw.input ? raw : raw.with(input);
  const { result, resultEventId } = yield* runItems(runtime, branch, active, state, scope);
  active.children = undefined;
  active.mapRun = undefined;
  return yield* blaming(branch, resultEventId, finish(runtime, branch, active, state, raw, result));
}

function* finish(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: MapState,
  raw: StateScope,
  result: JsonValue,
): Steps<Transition> {
  const output = new Data(yield* composeOutput(state.flow, raw, result));
  const assignScope = state.language === 'JSONata' ? raw.with(raw.input, { result }) : raw.with(result);
  exitState(runtime, branch, active, output, yield* evaluateAssign(state.flow.assign, assignScope));
  return { output, next: state.next };
}

function* runItems(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: MapState,
  scope: StateScope,
): Steps<MapResult> {
  const { trial } = runtime;
  if (trial !== undefined) {
    const maxConcurrency = readMaxConcurrency(runtime, branch, active, state);
    return { result: yield* tryMap(trial, state, scope, maxConcurrency), resultEventId: branch.lastEventId };
  }
  return yield* state.distributed === undefined
    ? runInline(runtime, branch, active, state, scope)
    : runDistributed(runtime, branch, active, state, state.distributed, scope);
}

function* runInline(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: MapState,
  scope: StateScope,
): Steps<MapResult> {
  const items = yield* stateItems(state, scope);
  const maxConcurrency = yield* readMaxConcurrency(runtime, branch, active, state);
  const keepsChildren = active.redriven && active.children !== undefined;
  active.redriven = false;
  if (!keepsChildren) {
    runtime.emit(branch, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    active.children = [];
  }
  const tolerated = yield* readToleratedFailures(state, scope);
  const iterations: Iterations = {
    items,
    scope,
    tolerates: (failures) => toleratesFailures(tolerated, failures, items.length),
    maxConcurrency: maxConcurrency > 0 ? maxConcurrency : INLINE_MAP_CONCURRENCY,
    children: active.children ?? [],
  };
  const outputs = yield* runIterations(runtime, branch, active, state, iterations);
  const previous = branch.lastEventId;
  const resultEventId = runtime.emit(branch, 'MapStateSucceeded', {});
  branch.lastEventId = previous;
  return { result: outputs, resultEventId };
}
