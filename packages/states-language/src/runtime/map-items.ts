import { queryError, runtimeError } from '../failures';
import type { ReadItems } from '../host';
import { applyPath, missingPath } from '../jsonpath/apply-path';
import type { MapState } from '../program/program';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import type { MapItem } from './branch';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

/** `$$.Map.Item.Source` of items that come from the state's input. */
const STATE_DATA = 'STATE_DATA';

/** One item for each element of an array, or for each key-value pair of an object. */
export function* stateItems(state: MapState, scope: StateScope): Steps<MapItem[]> {
  const items = yield* iterated(state, scope);
  scope.saw('afterItemsPath', items);
  return itemsOf([{ source: STATE_DATA, items }]);
}

/** As {@link stateItems}, for items that are known. */
export function stateItemsOf(items: JsonValue[]): MapItem[] {
  return itemsOf([{ source: STATE_DATA, items }]);
}

/** The items in the order in which they were read, counted through. */
export function itemsOf(read: readonly ReadItems[]): MapItem[] {
  const found: MapItem[] = [];
  for (const { items, source } of read) {
    if (Array.isArray(items)) {
      for (const value of items) {
        found.push({ index: found.length, value, source });
      }
    } else {
      for (const [key, value] of Object.entries(items)) {
        found.push({ index: found.length, key, value, source });
      }
    }
  }
  return found;
}

/**
 * What an iteration gets as its input where no `ItemSelector` makes it. The shape of a pair is as AWS was seen to hand
 * it on: https://github.com/floci-io/floci/pull/1588
 */
function itemInput({ key, value }: MapItem): JsonValue {
  return key === undefined ? value : { Key: key, Value: value };
}

/** `ItemSelector`, for one item. */
export function* selectItem(state: MapState, item: MapItem, scope: StateScope): Steps<JsonValue> {
  const { itemSelector } = state;
  return itemSelector === undefined
    ? itemInput(item)
    : yield* settled(itemSelector(scope.with(scope.input, { mapItem: item })));
}

/**
 * Where AWS takes an object besides an array. Its guide says everywhere; but it was recorded to refuse one that a path
 * finds in the context object (December 2025), and one that is the input of a JSONata state (November 2024).
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemspath.html
 */
function* iterated(state: MapState, scope: StateScope): Steps<JsonValue[] | JsonObject> {
  if (state.items !== undefined) {
    const items = yield* settled(state.items(scope));
    return isIterable(items) ? items : [items];
  }
  const { itemsPath } = state;
  const items = itemsPath === undefined ? scope.input : applyPath(itemsPath, scope);
  if (items === undefined && itemsPath !== undefined) {
    throw missingPath(itemsPath, scope);
  }
  if (Array.isArray(items)) {
    return items;
  }
  if (state.language === 'JSONata') {
    throw queryError(`Map state input must be an array but was: ${JSON.stringify(items)}`);
  }
  const path = itemsPath?.text ?? '$';
  if (isObject(items) && !path.startsWith('$$')) {
    return items;
  }
  // AWS writes a path into the context object with one `$`, as recorded.
  throw runtimeError(`Reference path "${path.replace(/^\$\$/, '$')}" must point to array.`);
}

function isIterable(value: JsonValue): value is JsonValue[] | JsonObject {
  return Array.isArray(value) || isObject(value);
}
