import { toleratesFailures } from '../map-run';
import type { MapState } from '../program/program';
import type { JsonValue } from '../values/json';
import type { MapItem } from './branch';
import { batchItems } from './map-batches';
import { selectItem, stateItems, stateItemsOf } from './map-items';
import type { StateScope } from './state-scope';
import type { Steps } from './suspension';
import { readToleratedFailures } from './tolerated-failures';
import type { Trial } from './trial';

/** Shows what a Map makes of its items, and takes the mocked result in place of running them. */
export function* tryMap(
  trial: Trial,
  state: MapState,
  scope: StateScope,
  maxConcurrency: Steps<number>,
): Steps<JsonValue> {
  const read = trial.readItems(scope.input);
  const items = read === undefined ? yield* stateItems(state, scope) : stateItemsOf(read);
  scope.saw('maxConcurrency', yield* maxConcurrency);
  const selected = yield* selectItems(state, scope, items);
  const batcher = state.distributed?.itemBatcher;
  if (batcher !== undefined) {
    const batches = yield* batchItems(batcher, selected, scope);
    scope.saw(
      'afterItemBatcher',
      batches.map(({ input }): JsonValue => JSON.parse(input)),
    );
  }
  const tolerated = yield* readToleratedFailures(state, scope);
  trial.countFailures(state, items.length, (failures) => toleratesFailures(tolerated, failures, items.length));
  return trial.runInside(state);
}

function* selectItems(state: MapState, scope: StateScope, items: readonly MapItem[]): Steps<JsonValue[]> {
  const selected: JsonValue[] = [];
  for (const item of items) {
    selected.push(yield* selectItem(state, item, scope));
  }
  if (state.itemSelector !== undefined) {
    scope.saw('afterItemSelector', selected);
  }
  return selected;
}
