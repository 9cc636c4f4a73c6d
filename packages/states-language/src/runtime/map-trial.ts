import type { JsonValue } from '../host';
import type { MapState } from '../program/program';
import { batchItems } from './map-batches';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';
import { readToleratedFailures } from './tolerated-failures';
import type { Trial } from './trial';

/** Shows what a Map makes of its items, and takes the mocked result in place of running them. */
export function* tryMap(trial: Trial, state: MapState, scope: StateScope, found: JsonValue[]): Steps<JsonValue> {
  const items = state.itemSelector === undefined ? found : yield* selectItems(state.itemSelector, scope, found);
  if (state.itemBatcher !== undefined) {
    scope.saw('afterItemBatcher', yield* batchItems(state.itemBatcher, items, scope));
  }
  trial.countFailures(state, found.length, yield* readToleratedFailures(state, scope, found.length));
  return trial.runInside(state);
}

function* selectItems(
  selector: NonNullable<MapState['itemSelector']>,
  scope: StateScope,
  found: readonly JsonValue[],
): Steps<JsonValue[]> {
  const items: JsonValue[] = [];
  for (const [index, value] of found.entries()) {
    items.push(yield* settled(selector(scope.with(scope.input, { mapItem: { index, value } }))));
  }
  scope.saw('afterItemSelector', items);
  return items;
}
