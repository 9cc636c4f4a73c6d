/** Proves how an Idempotency-Key is read, and that its id is stable and takes any key apart from any other. */
import { idFromKey, parseIdempotencyKey } from '../../src/http/idempotency-key';

describe('Idempotency-Key', () => {
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"with space"', 'with space'],
    [String.raw`"a \"b\" \\ c"`, String.raw`a "b" \ c`],
    ['  "padded"  ', 'padded'],
    [`"${'k'.repeat(255)}"`, 'k'.repeat(255)],
  ])('%s is the key %s', (header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it('is not required', () => {
    expect(parseIdempotencyKey(undefined)).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    '""',
    '"a',
    'a"',
    'a,b',
    '"a","b"',
    'with space',
    'tab\there',
    'ümlaut',
    String.raw`"a\b"`,
    'k'.repeat(256),
  ])('%j is refused, without being repeated', (header) => {
    expect(() => parseIdempotencyKey(header)).toThrow(/must be one string of 1 to 255 printable ASCII characters/);
  });

  it('has an id that is a UUID of version 8, another one on every route', () => {
    expect(idFromKey('POST /tasks', 'key')).toBe('eb9be242-0923-8a0e-a5d3-0faf2a9a2358');
    expect(idFromKey('POST /workflows', 'key')).not.toBe(idFromKey('POST /tasks', 'key'));
  });
});
