import { InvalidPayloadError } from '../errors';
import { MAX_PAYLOAD_BYTES } from '../limits';
import { Data, exceedsPayloadLimit } from './data';

/**
 * Takes in JSON text from outside.
 *
 * @param what Names the text in errors, such as `input`.
 * @throws {@link InvalidPayloadError} when it is no JSON, or more than 262,144 bytes.
 */
export function parsePayload(text: string, what: string): Data {
  if (exceedsPayloadLimit(text)) {
    throw new InvalidPayloadError(`The ${what} is larger than ${MAX_PAYLOAD_BYTES} bytes`);
  }
  try {
    return Data.parse(text);
  } catch (error) {
    throw new InvalidPayloadError(`The ${what} is not valid JSON: ${(error as Error).message}`);
  }
}
