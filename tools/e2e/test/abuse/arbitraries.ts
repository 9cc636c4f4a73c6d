/** Input that a schema takes, and input that it should not. */
import * as fc from 'fast-check';
import type { Schema } from '../../src/published-api';

/** Stands in every generated text, so that an answer that repeats input can be recognised. */
export const canary = 'cAnArY7f3a';

/** Keys that mean something to JavaScript, to databases and to templates. */
const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '$ne',
  '$.Execution',
  '',
  '\u0000',
];

const hostileTexts = [
  canary,
  `${canary}\u0000`,
  `${canary}\ud800`,
  `{% $states.context.Execution.Input %}${canary}`,
  `$\{jndi:ldap://127.0.0.1/${canary}}`,
  `'; DROP TABLE tasks; -- ${canary}`,
  `<script>${canary}</script>`,
  `../../${canary}`,
  `${canary}\r\nSet-Cookie: a=b`,
  canary.repeat(500),
];

const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'grapheme' }).map((it) => `${canary}${it}`),
);

const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<unknown>(null, true, false, 1e308, -1e308, 2 ** 53 + 2, 5e-324, -0),
);

/** Any JSON value, with keys that a careless merge would act on. */
const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown; array: unknown; object: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...hostileKeys), fc.string()), tie('value')), { maxLength: 4 })
    .map(objectOf),
})).value;

/** An object whose own key may be `__proto__`, as `JSON.parse` makes it. */
function objectOf(entries: readonly (readonly [string, unknown])[]): unknown {
  const object: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** A value that the schema takes. Knows the keywords that the published document uses, and refuses others. */
export function valid(schema: Schema): fc.Arbitrary<unknown> {
  const alternatives = schema.oneOf as readonly Schema[] | undefined;
  if (alternatives !== undefined) {
    return fc.oneof(...alternatives.map(valid));
  }
  if ('const' in schema) {
    return fc.constant(schema.const);
  }
  if (Array.isArray(schema.enum)) {
    return fc.constantFrom(...schema.enum);
  }
  switch (schema.type) {
    case 'object':
      return object(schema);
    case 'array':
      return fc.array(valid(schema.items as Schema), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: Math.min(Number(schema.maxItems ?? 5), 3),
      });
    case 'string':
      return string(schema);
    case 'integer':
      return fc.integer({ min: Number(schema.minimum ?? 0), max: Number(schema.maximum ?? 100) });
    case 'boolean':
      return fc.boolean();
    case undefined:
      return anyJson;
    default:
      throw new Error(`The generator does not know the type ${JSON.stringify(schema.type)}.`);
  }
}

function object({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const entries = Object.entries(properties as Record<string, Schema>);
  return fc.record(Object.fromEntries(entries.map(([name, it]) => [name, valid(it)])), {
    requiredKeys: required as string[],
  });
}

function string({ pattern, minLength, maxLength }: Schema): fc.Arbitrary<string> {
  const fits = fc.string({
    minLength: Number(minLength ?? 0),
    maxLength: Math.min(Number(maxLength ?? 60), 60),
  });
  return typeof pattern === 'string' && !pattern.includes('(?!') ? fc.stringMatching(new RegExp(pattern)) : fits;
}

/** A body that is near what the schema takes, and in most cases wrong: one thing is exchanged, added or taken away. */
export const mutated = (schema: Schema): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      valid(schema),
      fc.nat(),
      fc.constantFrom('exchange', 'remove', 'add', 'nest'),
      anyJson,
      fc.constantFrom(...hostileKeys, 'surplus', 'Status'),
    )
    .map(([value, at, how, replacement, key]) => mutate(value, at, how, replacement, key));

function mutate(value: unknown, at: number, how: string, replacement: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || how === 'nest') {
    return { nested: value };
  }
  const entries = Object.entries(value);
  if (how === 'add' || entries.length === 0) {
    return objectOf([...entries, [key, replacement]]);
  }
  const index = at % entries.length;
  return objectOf(
    entries.flatMap(([name, it], position): [string, unknown][] => {
      if (position !== index) {
        return [[name, it]];
      }
      return how === 'remove' ? [] : [[name, replacement]];
    }),
  );
}

/** Bytes that claim to be JSON. */
export const notJson: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    '{"a":1,"a":2}',
    '{"status":"succeeded","status":"failed"}',
    `${'['.repeat(50_000)}`,
    `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
    '{"a":1e400}',
    '-0',
    '{"a":01}',
    '\ufeff{}',
    '{"a":"\ud800"}',
    `{"n":${'9'.repeat(10_000)}}`,
    '{"__proto__":{"timeoutSeconds":1}}',
  ),
);

/** Ids, most of which nothing can have. Percent-encoded as they would stand in a path. */
export const pathId: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'nobody',
    '%2e%2e',
    '%2E%2E%2Ftasks',
    '..%2f..%2f',
    '%00',
    'a%00',
    '%c0%af',
    '%ff',
    '%25',
    '%252e',
    '.',
    '...',
    ';a=b',
    'a;b',
    '__proto__',
    'constructor',
    'a'.repeat(81),
    'a'.repeat(2_000),
    '%F0%9F%98%80',
    '%e2%80%ae',
    'NOBODY',
    '-',
    '_',
    '*',
    '%7Bid%7D',
    '%0d%0aX:%20y',
  ),
  fc.webSegment().filter((segment) => segment !== ''),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
);

const keyText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '"',
    '""',
    '"a',
    'a"b',
    '"a""b"',
    '"\\"',
    '"a\\q"',
    '?1',
    ':YQ==:',
    'a, b',
    '"a", "b"',
    '"a";p=1',
    'k'.repeat(255),
    'k'.repeat(256),
    'k'.repeat(5_000),
    '__proto__',
    'a\tb',
    '\u00e4\u00f6',
  ),
  fc.uuid(),
  fc.string({ minLength: 1, maxLength: 60 }).map((it) => it.replaceAll(/[^\x20-\x7e]/g, 'x')),
);

/** Values of `Idempotency-Key`: one, or several lines of it. */
export const idempotencyKey: fc.Arbitrary<string | string[]> = fc.oneof(
  { weight: 4, arbitrary: keyText },
  { weight: 1, arbitrary: fc.array(keyText, { minLength: 2, maxLength: 3 }) },
);

export const contentType: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'application/json; charset=utf-8',
      'application/merge-patch+json',
      'APPLICATION/JSON',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json, text/html',
      'application/jsonp',
      '',
      '\u00e4',
      'a'.repeat(3_000),
    ),
  },
);
