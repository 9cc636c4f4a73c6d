import type { JsonValue } from '../host';
import { MAX_SECONDS } from '../limits';
import { isObject, type JsonObject } from '../values/json';
import { assign, type FieldCheck, number, oneOf, resultPath, string, template } from './fields';
import type { CheckContext } from './machine';

type Fields = Readonly<Record<string, FieldCheck>>;

const RETRIER: Fields = {
  ErrorEquals: errorNames,
  Comment: string,
  IntervalSeconds: number(1, MAX_SECONDS),
  MaxAttempts: number(0, MAX_SECONDS),
  BackoffRate: number(1, Number.MAX_VALUE, 'decimal'),
  MaxDelaySeconds: number(1, 31_622_400),
  JitterStrategy: oneOf('FULL', 'NONE'),
};

const CATCHER: Fields = { ErrorEquals: errorNames, Comment: string, Next: string, Assign: assign };

export function checkRetriers(list: JsonValue | undefined, location: string, context: CheckContext): void {
  checkList(list, location, context, RETRIER, ['ErrorEquals']);
}

export function checkCatchers(list: JsonValue | undefined, location: string, context: CheckContext): void {
  const own: Fields = context.language === 'JSONata' ? { Output: template } : { ResultPath: resultPath };
  checkList(list, location, context, { ...CATCHER, ...own }, ['ErrorEquals', 'Next']);
}

function errorNames(...[value, location, report]: Parameters<FieldCheck>): void {
  if (!Array.isArray(value) || value.length === 0 || value.some((name) => typeof name !== 'string')) {
    report.schema('Expected a non-empty array of error names', location);
  }
}

function checkList(
  list: JsonValue | undefined,
  location: string,
  context: CheckContext,
  fields: Fields,
  required: readonly string[],
): void {
  if (list === undefined) {
    return;
  }
  if (!Array.isArray(list)) {
    context.report.schema('Expected value of type Array', location);
    return;
  }
  list.forEach((entry, index) => {
    const at = `${location}[${index}]`;
    if (!isObject(entry)) {
      context.report.schema('Expected value of type Object', at);
      return;
    }
    checkEntry(entry, at, context, fields, required);
    checkWildcard(entry, at, index === list.length - 1, context);
  });
}

function checkEntry(
  entry: JsonObject,
  location: string,
  { language, report }: CheckContext,
  fields: Fields,
  required: readonly string[],
): void {
  const missing = required.filter((field) => entry[field] === undefined);
  if (missing.length > 0) {
    report.schema(`These fields are required: [${missing.join(', ')}]`, location);
  }
  for (const [field, value] of Object.entries(entry)) {
    const check = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (check === undefined) {
      report.unsupported(field, location);
    } else {
      check(value, `${location}/${field}`, report, language);
    }
  }
}

/** `States.ALL` stands alone, in the last entry: what follows it would never be looked at. */
function checkWildcard(entry: JsonObject, location: string, last: boolean, { report }: CheckContext): void {
  const { ErrorEquals: names } = entry;
  if (Array.isArray(names) && names.includes('States.ALL') && (names.length > 1 || !last)) {
    report.schema(
      "'States.ALL' must be the only error of its entry, and its entry the last",
      `${location}/ErrorEquals`,
    );
  }
}
