import { TestStateError } from '../errors';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';

/**
 * The items of a distributed Map whose `ItemReader` reads this text.
 *
 * Objects of other types than JSON and JSON Lines are not taken apart: their lines are their items.
 */
export function parseReaderData(text: string, fields: JsonObject): JsonValue[] {
  const config = isObject(fields.ItemReader) ? fields.ItemReader.ReaderConfig : undefined;
  const type = isObject(config) ? config.InputType : undefined;
  if (type === 'JSONL') {
    return lines(text).map(parse);
  }
  if (type !== undefined && type !== 'JSON') {
    return lines(text);
  }
  const data = parse(text);
  return Array.isArray(data)
    ? data
    : isObject(data)
      ? Object.entries(data).map(([Key, Value]) => ({ Key, Value }))
      : [data];
}

const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '');

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new TestStateError(`mapItemReaderData is not valid JSON: ${(error as Error).message}`);
  }
}
