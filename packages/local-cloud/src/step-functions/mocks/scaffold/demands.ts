import type { JsonValue, State } from '@workflows/states-language';
import { type Edit, type Facts, fill, JSON_TEXT, lastName, resolve, valueAt } from './edits';
import { exampleValue } from './example-values';
import { parsedText } from './json-text';
import { referencesIn } from './jsonata';
import { segmentsOf } from './paths';

/** What a state missed in its data, from what it says about its failure. */
export function demandsOf(cause: string, state: State, facts: Facts): Edit[] {
  const [, subject, path, searched] =
    /(The JSONPath|The JsonPath argument for the field) '(.+?)'.* could not be found in the input '(.*)'$/s.exec(
      cause,
    ) ?? [];
  if (path?.startsWith('$$') === true && subject !== 'The JSONPath') {
    const { data, path: segments } = resolve(path, facts);
    return fill(data, segments);
  }
  if (path !== undefined && searched !== undefined) {
    // A scalar is told by what the state had.
    return fill(parsedText(searched) ?? facts.result ?? facts.input, segmentsOf(path));
  }
  const [, call] = /The function '(.+?)' had the following error/s.exec(cause) ?? [];
  if (call !== undefined) {
    return argumentsOf(call, facts);
  }
  const [, field, fieldPath] = /The (\w+)Path (?:parameter|field) .*?: (\$[^\s=]*)/s.exec(cause) ?? [];
  if (field !== undefined && fieldPath !== undefined) {
    const { data, path: segments } = resolve(fieldPath, facts);
    const value = field === 'Timestamp' ? '2026-01-01T00:00:00Z' : 1;
    return data === undefined ? [] : [{ data, path: segments, value }];
  }
  const [, invalid] = /Invalid path '(.+?)'/s.exec(cause) ?? [];
  if (invalid !== undefined) {
    const variables = invalid.startsWith('$.') ? [] : [resolve(invalid, facts).data];
    return [...variables, facts.result, facts.input, facts.entered].flatMap((data) => fill(data, segmentsOf(invalid)));
  }
  return [...parameterDemands(cause, state, facts), ...expressionDemands(cause, facts)];
}

/** A parameter that has to be of a type is given a value of it where a path leads to it. */
function parameterDemands(cause: string, state: State, facts: Facts): Edit[] {
  const [, field, type = ''] = /The value for the field '(\w+)' must be an? (\w+)/.exec(cause) ?? [];
  const parameters = 'Parameters' in state ? JSON.stringify(state.Parameters) : '';
  const [, path] = new RegExp(`"${field}\\.\\$":"(\\$[^"\\\\]*)"`).exec(parameters) ?? [];
  if (field === undefined || path === undefined) {
    return [];
  }
  const { data, path: segments } = resolve(path, facts);
  const value = EXPECTED[type.toLowerCase()] ?? exampleValue(field);
  return data === undefined ? [] : [{ data, path: segments, value }];
}

/** By the type that was expected, or by the field whose type everybody knows. */
const EXPECTED: Readonly<Record<string, JsonValue>> = {
  Items: [{}],
  MaxConcurrency: 1,
  Seconds: 1,
  Timestamp: '2026-01-01T00:00:00Z',
  TimeoutSeconds: 60,
  array: [{}],
  boolean: true,
  integer: 1,
  number: 1,
  object: {},
  string: 'example-text',
};
const READ_BY: Readonly<Record<string, JsonValue | typeof JSON_TEXT>> = {
  $count: [{}],
  $filter: [{}],
  $map: [{}],
  $number: '1',
  $parse: JSON_TEXT,
  $sum: [1],
  $toMillis: '2026-01-01T00:00:00Z',
};

function expressionDemands(cause: string, facts: Facts): Edit[] {
  const [, source, field = '', expected] =
    /The JSONata expression '(.*)' specified for the field '(.*?)' .*?(?:Expected '(\w+)'|$)/s.exec(cause) ?? [];
  if (source === undefined) {
    return [];
  }
  const references = referencesIn(source, facts);
  const wanted = expected === undefined || field === 'Timestamp' ? field : expected;
  const missing = references.flatMap(({ data, path, reader = '' }) => {
    const value = READ_BY[reader] ?? EXPECTED[wanted];
    return fill(data, path, value === JSON_TEXT ? undefined : value);
  });
  if (missing.length > 0) {
    return missing;
  }
  return references.flatMap(({ data, path, reader = '' }): Edit[] => {
    const value = READ_BY[reader] ?? (references.length === 1 ? EXPECTED[wanted] : undefined);
    return data === undefined || value === undefined ? [] : [{ data, path, value }];
  });
}

/** What each intrinsic function takes its first argument for. */
const TAKEN: Readonly<Record<string, JsonValue | typeof JSON_TEXT>> = {
  ArrayContains: ['example-element'],
  ArrayGetItem: ['example-element'],
  ArrayLength: ['example-element'],
  ArrayPartition: ['example-element'],
  ArrayUnique: ['example-element'],
  Base64Decode: 'ZXhhbXBsZQ==',
  Base64Encode: 'example-text',
  Hash: 'example-text',
  JsonMerge: {},
  MathAdd: 1,
  MathRandom: 1,
  StringSplit: 'example-one,example-two',
  StringToJson: JSON_TEXT,
};

function argumentsOf(call: string, facts: Facts): Edit[] {
  return [...call.matchAll(/States\.(\w+)\(([^()]*)\)/g)].flatMap(([, name = '', list = '']) => {
    const value = TAKEN[name];
    const [first = '', ...others] = list.split(',').map((argument) => argument.trim());
    const paths = name === 'StringToJson' || !name.startsWith('Math') ? [first] : [first, ...others];
    return paths
      .filter((argument) => argument.startsWith('$'))
      .flatMap((argument): Edit[] => {
        const roots =
          argument.startsWith('$.') || argument === '$' ? [facts.result, facts.input] : [resolve(argument, facts).data];
        const path = segmentsOf(argument);
        const data = roots.find((root) => valueAt(root, path) !== undefined);
        const wrong = data === undefined ? undefined : valueAt(data, path);
        return data === undefined ||
          (value !== JSON_TEXT && typeof wrong === typeof value && Array.isArray(wrong) === Array.isArray(value))
          ? []
          : [{ data, path, value: value ?? exampleValue(lastName(path)) }];
      });
  });
}
