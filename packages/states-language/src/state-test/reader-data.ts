import { TestStateError } from '../errors';
import { isObject, type JsonObject, type JsonValue } from '../values/json';
import type { TestStateOptions } from './options';

/** The items of a distributed Map whose `ItemReader` reads this text. */
export function parseReaderData(
  text: string,
  { ItemReader }: JsonObject,
  readItems: TestStateOptions['readItems'] = (_config, data) => parseItems(data),
): JsonValue[] {
  const config = isObject(ItemReader) && isObject(ItemReader.ReaderConfig) ? ItemReader.ReaderConfig : {};
  const items = readItems(config, text);
  return Array.isArray(items) ? items : Object.entries(items).map(([Key, Value]) => ({ Key, Value }));
}

function parseItems(text: string): JsonValue[] | JsonObject {
  try {
    const items: JsonValue = JSON.parse(text);
    return Array.isArray(items) || isObject(items) ? items : [items];
  } catch (error) {
    throw new TestStateError(`mapItemReaderData is not valid JSON: ${(error as Error).message}`);
  }
}
