/** Proves that canonical text is equal exactly for equal JSON values. */
import * as fc from 'fast-check';
import { canonicalBytes, canonicalHash, canonicalJson, equalJsonTexts } from '../src/canonical-json';

/** The same value with the keys of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${JSON.stringify(reversed(member))}`,
  );
  return JSON.parse(`{${members.reverse().join(',')}}`);
}

describe('canonicalJson', () => {
  it('sorts keys at every depth and keeps the order of arrays', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 'ä' }, 2], a: { z: null, y: true } })).toBe(
      '{"a":{"y":true,"z":null},"b":[{"c":"ä","d":1},2]}',
    );
  });

  it('sorts by UTF-16 code units, as RFC 8785 asks', () => {
    expect(
      canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('is the same text whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(once))).toEqual(once);
      }),
    );
  });

  it('treats a key named __proto__ as text like any other', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
  });

  it('leaves out members that are undefined and refuses what is not JSON', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => canonicalJson(undefined)).toThrow('A value of type undefined is not JSON.');
  });
});

describe('what is built on it', () => {
  it('recognises equal texts, and nothing in text that is no JSON', () => {
    expect(equalJsonTexts('{"a":1,"b":2}', '{ "b": 2, "a": 1 }')).toBe(true);
    expect(equalJsonTexts('{"a":1}', '{"a":"1"}')).toBe(false);
    expect(equalJsonTexts('', '')).toBe(false);
  });

  it('counts bytes of UTF-8 and hashes to one hexadecimal text', () => {
    expect(canonicalBytes('ä')).toBe(4);
    expect(canonicalHash({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
  });
});
