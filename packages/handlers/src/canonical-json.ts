import { createHash } from 'node:crypto';

/**
 * The one text for all equal JSON values: keys sorted by UTF-16 code units, no white space, numbers and strings as
 * `JSON.stringify` writes them. Equal input is equal text whatever the order of its keys, which is what Step
 * Functions compares when an execution is started again.
 *
 * Objects are read, never built, so a key such as `__proto__` is text like any other.
 *
 * @param value a JSON value, as `JSON.parse` returns it
 * @throws TypeError when the value is not JSON (a function, `undefined`, a bigint)
 * @see https://www.rfc-editor.org/rfc/rfc8785 (JSON Canonicalization Scheme)
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  const text = JSON.stringify(value);
  if (text === undefined) {
    throw new TypeError(`A value of type ${typeof value} is not JSON.`);
  }
  return text;
}

/** SHA-256 of the canonical text, in hexadecimal: what is stored to recognise equal input. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Whether two JSON texts hold equal values. Text that is not JSON equals nothing. */
export function equalJsonTexts(a: string, b: string): boolean {
  try {
    return canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b));
  } catch {
    return false;
  }
}

/** Bytes of the canonical text in UTF-8, which is how AWS counts payloads. */
export function canonicalBytes(value: unknown): number {
  return Buffer.byteLength(canonicalJson(value));
}
