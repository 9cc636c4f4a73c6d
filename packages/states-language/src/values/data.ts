import { MAX_PAYLOAD_BYTES } from '../limits';
import type { JsonValue } from './json';

/**
 * A JSON value with its text. Values are shared between states and never changed in place, and a state that passes its
 * input on passes the same text on, so neither is built twice.
 */
export class Data {
  constructor(
    readonly value: JsonValue,
    readonly text: string = JSON.stringify(value),
  ) {}

  static parse(text: string): Data {
    return new Data(JSON.parse(text) as JsonValue, text);
  }

  /** `value` as data; the very `known` data when the value is its. */
  static of(value: JsonValue, known: Data): Data {
    return value === known.value ? known : new Data(value);
  }
}

/** Whether a text is more than a payload may hold, without encoding texts that cannot be. */
export function exceedsPayloadLimit(text: string): boolean {
  if (text.length > MAX_PAYLOAD_BYTES) {
    return true;
  }
  return text.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(text) > MAX_PAYLOAD_BYTES;
}
