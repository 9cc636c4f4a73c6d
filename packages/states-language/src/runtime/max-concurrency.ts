import { ErrorName } from '../failures';
import type { MapState } from '../program/program';
import type { ActiveState, Branch } from './branch';
import { FatalFailure } from './fatal-failure';
import type { Runtime } from './runtime';
import { selectInput } from './state-exit';
import { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

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
    throw new FatalFailure(ErrorName.RUNTIME, cause, branch, true);
  }
  return value;
}
