import type { JsonValue } from '@workflows/states-language';

/** The object or the array that a text is of; `undefined` for anything else. */
export function parsedText(text: JsonValue | undefined): JsonValue | undefined {
  if (typeof text !== 'string' || !/^[{[]/.test(text)) {
    return undefined;
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
