import type { ChildInput } from '../host';
import { MAX_PAYLOAD_BYTES } from '../limits';
import type { ItemBatcher } from '../program/program';
import type { JsonValue } from '../values/json';
import type { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

/**
 * `ItemBatcher` of a distributed Map: each child execution gets `{"Items": […]}`, with `BatchInput` merged in.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export function* batchItems(
  batcher: ItemBatcher,
  items: readonly JsonValue[],
  scope: StateScope,
): Steps<readonly ChildInput[]> {
  const maxItems =
    batcher.maxItemsPerBatch === undefined ? Number.POSITIVE_INFINITY : yield* settled(batcher.maxItemsPerBatch(scope));
  const maxBytes =
    batcher.maxInputBytesPerBatch === undefined
      ? MAX_PAYLOAD_BYTES
      : yield* settled(batcher.maxInputBytesPerBatch(scope));
  const shared = batcher.batchInput === undefined ? undefined : yield* settled(batcher.batchInput(scope));
  const head = shared === undefined ? '{"Items":[' : `{"BatchInput":${JSON.stringify(shared)},"Items":[`;
  const emptyBytes = Buffer.byteLength(head) + ']}'.length;
  const batches: ChildInput[] = [];
  let open: string[] = [];
  let bytes = emptyBytes;
  const close = (): void => {
    batches.push({ input: `${head}${open.join(',')}]}`, itemCount: open.length });
    open = [];
    bytes = emptyBytes;
  };
  for (const item of items) {
    const text = JSON.stringify(item);
    const itemBytes = Buffer.byteLength(text) + (open.length > 0 ? 1 : 0);
    if (open.length > 0 && (open.length >= maxItems || bytes + itemBytes > maxBytes)) {
      close();
    }
    bytes += Buffer.byteLength(text) + (open.length > 0 ? 1 : 0);
    open.push(text);
  }
  if (open.length > 0) {
    close();
  }
  return batches;
}
