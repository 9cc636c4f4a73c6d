import type { JsonValue } from '@workflows/states-language';

const PATTERNS: readonly (readonly [RegExp, JsonValue])[] = [
  [/arn$/i, 'arn:aws:service:us-east-1:123456789012:example'],
  [/(^|[a-z])(date|time|timestamp)$/i, '2026-01-01T00:00:00Z'],
  [/(count|number|size|length|total|index|amount|price|quantity|seconds)$/i, 1],
  [/(items|records|list|results|entries|contents)$/i, [{}]],
  [/ur[il]$/i, 'https://example.com'],
  [/email/i, 'somebody@example.com'],
];

/** A value that a field of this name may have. Text begins with `example-`. */
export function exampleValue(name: string): JsonValue {
  const [, value] = PATTERNS.find(([pattern]) => pattern.test(name)) ?? [];
  return value ?? `example-${name.replaceAll(/[^\w-]+/g, '-').toLowerCase()}`;
}
