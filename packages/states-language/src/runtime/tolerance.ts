import { runtimeError } from '../failures';
import type { MapState } from '../program/program';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

/** How many failed iterations a Map takes before it fails itself. */
export interface Tolerance {
  readonly maxFailures: number;
}

const MAX_PERCENTAGE = 100;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html#maprun-fail-threshold */
export function* readTolerance(state: MapState, scope: StateScope, itemCount: number): Steps<Tolerance> {
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
  const allowances = [
    ...(count === undefined ? [] : [count]),
    ...(percentage === undefined ? [] : [Math.floor((itemCount * percentage) / MAX_PERCENTAGE)]),
  ];
  return { maxFailures: allowances.length === 0 ? 0 : Math.min(...allowances) };
}
