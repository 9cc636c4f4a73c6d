import type { JsonValue } from '@workflows/states-language';
import * as v from 'valibot';
import { UnsupportedError } from '../unsupported-error';

/** A value, or a test on it. Of AWS's tests those that rules on workflow events use. */
const MatcherSchema = v.union([
  v.string(),
  v.number(),
  v.boolean(),
  v.null(),
  v.strictObject({ prefix: v.string() }),
  v.strictObject({ suffix: v.string() }),
  v.strictObject({ exists: v.boolean() }),
  v.strictObject({ 'anything-but': v.union([v.string(), v.number(), v.array(v.union([v.string(), v.number()]))]) }),
]);

type Matcher = v.InferOutput<typeof MatcherSchema>;
type Fields = { [key: string]: Pattern | Matcher[] };
type Pattern = Fields & { $or?: Pattern[] | undefined };

/** In AWS, a field of an alternative takes the place of the same field beside it, which nobody expects. */
const namesNoFieldTwice = ({ $or = [], ...fields }: Pattern): boolean =>
  $or.every((alternative) => Object.keys(alternative).every((key) => !(key in fields)));

const PatternSchema: v.GenericSchema<Pattern> = v.lazy(() =>
  v.pipe(
    v.objectWithRest(
      { $or: v.optional(v.pipe(v.array(PatternSchema), v.minLength(2))) },
      v.lazy(
        (value): v.GenericSchema<Pattern | Matcher[]> =>
          Array.isArray(value) ? v.array(MatcherSchema) : PatternSchema,
      ),
    ),
    v.check(namesNoFieldTwice),
  ),
) as v.GenericSchema<Pattern>;

/**
 * Compiles an event pattern.
 * @throws {UnsupportedError} for what the runtime does not match on
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function compilePattern(text: string): (event: JsonValue) => boolean {
  const parsed = v.safeParse(PatternSchema, JSON.parse(text));
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? '';
    throw new UnsupportedError(
      `event pattern is not supported at \`${path}\`; supported: values, prefix, suffix, exists, anything-but, and $or of two or more alternatives, none of which names a field next to it`,
    );
  }
  return (event) => matches(parsed.output, event);
}

function matches({ $or, ...fields }: Pattern, value: JsonValue | undefined): boolean {
  if ($or !== undefined && !$or.some((alternative) => matches(alternative, value))) {
    return false;
  }
  return Object.entries(fields as Fields).every(([key, expected]) => {
    const actual = isObject(value) ? value[key] : undefined;
    if (!isList(expected)) {
      return matches(expected, actual);
    }
    const candidates = Array.isArray(actual) ? actual : [actual];
    return expected.some((matcher) => candidates.some((candidate) => meets(matcher, candidate)));
  });
}

function isList(expected: Pattern | readonly Matcher[]): expected is readonly Matcher[] {
  return Array.isArray(expected);
}

function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function meets(matcher: Matcher, value: JsonValue | undefined): boolean {
  if (matcher === null || typeof matcher !== 'object') {
    return value === matcher;
  }
  if ('exists' in matcher) {
    return matcher.exists === (value !== undefined);
  }
  if ('prefix' in matcher) {
    return typeof value === 'string' && value.startsWith(matcher.prefix);
  }
  if ('suffix' in matcher) {
    return typeof value === 'string' && value.endsWith(matcher.suffix);
  }
  const unwanted: readonly JsonValue[] = [matcher['anything-but']].flat();
  return value !== undefined && !unwanted.includes(value);
}
