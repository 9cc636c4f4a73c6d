import { runtimeError } from '../failures';
import type { ToleratedFailures } from '../map-run';
import type { MapState } from '../program/program';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

const MAX_PERCENTAGE = 100;

/**
 * How many failed items a Map takes before it fails itself.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html#maprun-fail-threshold
 */
export function* readToleratedFailures(state: MapState, scope: StateScope): Steps<ToleratedFailures> {
  const toleratedFailureCount =
    state.toleratedFailureCount === undefined ? undefined : yield* settled(state.toleratedFailureCount(scope));
  if (toleratedFailureCount !== undefined && toleratedFailureCount < 0) {
    throw runtimeError('ToleratedFailureCount cannot be negative.');
  }
  const toleratedFailurePercentage =
    state.toleratedFailurePercentage === undefined
      ? undefined
      : yield* settled(state.toleratedFailurePercentage(scope));
  if (
    toleratedFailurePercentage !== undefined &&
    (toleratedFailurePercentage < 0 || toleratedFailurePercentage > MAX_PERCENTAGE)
  ) {
    throw runtimeError('ToleratedFailurePercentage must be between 0 and 100.');
  }
  if (toleratedFailureCount !== undefined) {
    scope.saw('toleratedFailureCount', toleratedFailureCount);
  }
  if (toleratedFailurePercentage !== undefined) {
    scope.saw('toleratedFailurePercentage', toleratedFailurePercentage);
  }
  return {
    ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
    ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
  };
}
