import { createHash } from 'node:crypto';
import { HttpProblem } from '@workflows/lambda-commons/problem';

const MAX_KEY_LENGTH = 255;

/** A structured-field string (RFC 8941, section 3.3.3): printable ASCII in quotes, `\"` and `\\` escaped. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** The same without quotes, as most clients send it: visible ASCII without what separates or quotes. */
const BARE = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+$/;

/**
 * Reads the `Idempotency-Key` header: a quoted structured-field string, or a bare token.
 *
 * @returns the key, or `undefined` when there is no such header
 * @throws HttpProblem 400 when the header is empty, too long, sent twice or holds other characters
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 */
export function parseIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) {
    return undefined;
  }
  const text = header.trim();
  const quoted = QUOTED.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, '$1');
  const key = quoted ?? (BARE.test(text) ? text : '');
  if (key === '' || key.length > MAX_KEY_LENGTH) {
    throw new HttpProblem(
      'invalid-idempotency-key',
      `Idempotency-Key must be one string of 1 to ${MAX_KEY_LENGTH} printable ASCII characters, quoted or bare.`,
      {
        errors: [
          {
            pointer: '#',
            field: 'Idempotency-Key',
            detail: `must be one string of 1 to ${MAX_KEY_LENGTH} printable ASCII characters`,
          },
        ],
      },
    );
  }
  return key;
}

/**
 * The id of what a key starts: always the same for one route and key, and shaped like the random ids, as a UUID of
 * version 8 (RFC 9562, section 5.8).
 */
export function idFromKey(route: string, key: string): string {
  const bytes = createHash('sha256').update(`${route}\n${key}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
