import type { JsonValue } from '../host';
import type { ItemBatcher } from '../program/program';
import { isObject } from '../values/json';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

/**
 * `ItemBatcher` of a distributed Map: each iteration gets `{"Items": […]}`, with `BatchInput` merged in.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export function* batchItems(batcher: ItemBatcher, items: readonly JsonValue[], scope: StateScope): Steps<JsonValue[]> {
  const maxItems =
    batcher.maxItemsPerBatch === undefined ? Number.POSITIVE_INFINITY : yield* settled(batcher.maxItemsPerBatch(scope));
  const maxBytes =
    batcher.maxInputBytesPerBatch === undefined
      ? Number.POSITIVE_INFINITY
      : yield* settled(batcher.maxInputBytesPerBatch(scope));
  const shared = batcher.batchInput === undefined ? undefined : yield* settled(batcher.batchInput(scope));
  const withInput = (batch: JsonValue[]): JsonValue =>
    isObject(shared) ? { BatchInput: shared, Items: batch } : { Items: batch };
  const batches: JsonValue[][] = [];
  let open: JsonValue[] = [];
  for (const item of items) {
    const grown = [...open, item];
    const full = grown.length > maxItems || Buffer.byteLength(JSON.stringify(withInput(grown))) > maxBytes;
    if (full && open.length > 0) {
      batches.push(open);
      open = [item];
    } else {
      open = grown;
    }
  }
  if (open.length > 0) {
    batches.push(open);
  }
  return batches.map(withInput);
}
