import { HttpProblem } from './http-problem';

/** @throws HttpProblem 400 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem('malformed-json', 'The body is not valid UTF-8.');
  }
}

/** @throws HttpProblem 400 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem('malformed-json', 'The body must be a single JSON value (RFC 8259).');
  }
}
