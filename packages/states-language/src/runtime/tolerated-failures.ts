import { runtimeError } from '../failures';
import type { MapState } from '../program/program';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

const MAX_PERCENTAGE = 100;

/**
 * How many failed iterations a Map takes before it fails itself.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html#maprun-fail-threshold
 */
export function* readToleratedFailures(state: MapState, scope: StateScope, itemCount: number): Steps<number> {
  const count =
    state.toleratedFailureCount === undefined ? undefined : yield* settled(state.toleratedFailureCount(scope));
  if (count !== undefined && count < 0) {
    throw runtimeError('ToleratedFailureCount cannot be negative.');
  }
  const percentage =
    state.toleratedFailurePercentage === undefined
      ? undefined
      : yield* settled(state.toleratedFailurePercentage(scope));
  if (percentage !== undefined && (percentage < 0 || percentage > MAX_PERCENTAGE)) {
    throw runtimeError('ToleratedFailurePercentage must be between 0 and 100.');
  }
  if (count !== undefined) {
    scope.saw('toleratedFailureCount', count);
  }
  if (percentage !== undefined) {
    scope.saw('toleratedFailurePercentage', percentage);
  }
  const allowances = [
    ...(count === undefined ? [] : [count]),
    ...(percentage === undefined ? [] : [Math.floor((itemCount * percentage) / MAX_PERCENTAGE)]),
  ];
  return allowances.length === 0 ? 0 : Math.min(...allowances);
}
