import type { QueryLanguage } from '../document/query-language';
import { expressionSource, isExpression } from '../document/template';
import { arityOf } from '../intrinsics/functions';
import { type IntrinsicCall, parseIntrinsic } from '../intrinsics/parse-intrinsic';
import { ExpressionSyntaxError, parseExpression } from '../jsonata/expression';
import { topLevelReferences } from '../jsonata/top-level-references';
import { parsePath } from '../jsonpath/parse-path';
import type { Path } from '../jsonpath/path';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import { eachText } from './each-text';
import type { Report } from './report';

/** A path of JSONPath. */
export function checkPath(value: JsonValue, location: string, report: Report): void {
  if (typeof value !== 'string') {
    report.schema('Expected value of type [STRING]', location);
  } else if (pathProblem(value) !== undefined) {
    report.schema('Value must be a valid JSONPath.', location);
  }
}

/** A path to a value that a field needs. */
export function checkReference(value: JsonValue, location: string, report: Report): void {
  if (typeof value !== 'string') {
    report.schema('Expected value of type [STRING]', location);
    return;
  }
  const problem = value.startsWith('$') ? pathProblem(value) : "Reference path didn't start with '$'";
  if (problem !== undefined) {
    report.schema(`Value is not a Reference Path: ${problem}`, location);
  }
}

/** A path that names exactly one place, in what `roots` says. */
export function checkReferencePath(
  value: JsonValue,
  location: string,
  report: Report,
  roots: readonly Path['root']['kind'][],
): void {
  const before = report.diagnostics.length;
  checkReference(value, location, report);
  if (report.diagnostics.length > before) {
    return;
  }
  const { definite, root, segments } = parsePath(value as string);
  const ambiguous = segments.some(
    (segment) => segment.kind === 'names' || (segment.kind === 'index' && segment.index < 0),
  );
  if (!definite || ambiguous || !roots.includes(root.kind)) {
    report.schema(`Value is not a Reference Path: ${value}`, location);
  }
}

function pathProblem(text: string): string | undefined {
  try {
    parsePath(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What a field whose name ends in `.$` or `Path` may hold: a path or an intrinsic function. */
export function checkStringSource(value: JsonValue, field: string, location: string, report: Report): void {
  if (typeof value !== 'string' || !isStringSource(value)) {
    report.schema(
      `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`,
      location,
    );
  }
}

function isStringSource(source: string): boolean {
  try {
    return source.startsWith('$') ? pathProblem(source) === undefined : hasArguments(parseIntrinsic(source));
  } catch {
    return false;
  }
}

/** Whether every call has as many arguments as its function takes. */
function hasArguments({ args, name }: IntrinsicCall): boolean {
  const [fewest, most] = arityOf(name);
  return (
    args.length >= fewest &&
    args.length <= most &&
    args.every((argument) => !('call' in argument) || hasArguments(argument.call))
  );
}

/** A payload template: each field whose name ends in `.$` holds a path or an intrinsic function. */
export function checkTemplate(template: JsonValue, location: string, report: Report): void {
  if (Array.isArray(template)) {
    template.forEach((item, index) => {
      checkTemplate(item, `${location}[${index}]`, report);
    });
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) {
      if (key.endsWith('.$')) {
        checkStringSource(value, key, location, report);
        checkTwice(key, template, location, report);
      } else {
        warnOfSource(value, key, location, report);
        checkTemplate(value, `${location}/${key}`, report);
      }
    }
  }
}

/** `a.$` gives a field `a`, beside which there cannot be another one. */
function checkTwice(key: string, template: JsonObject, location: string, report: Report): void {
  const name = key.slice(0, -2);
  if (Object.hasOwn(template, name)) {
    report.schema(`Duplicate field '${name}': it is given as '${name}' and as '${key}'`, location);
  }
}

const LOOKS_LIKE_SOURCE = /^\$(?:$|[.[$])|^States\.[A-Z]\w*\(/;

/** Whether a text that is taken as it is was probably meant to be evaluated. */
export function looksLikeSource(value: JsonValue): value is string {
  return typeof value === 'string' && LOOKS_LIKE_SOURCE.test(value);
}

function warnOfSource(value: JsonValue, key: string, location: string, report: Report): void {
  if (looksLikeSource(value)) {
    report.warning(
      'NO_DOLLAR',
      `The value of the field '${key}' looks like a JSONPath or an intrinsic function, but the name of the field does not end with '.$', so it is passed on as text`,
      `${location}/${key}`,
    );
  }
}

/** Every expression in a JSONata state's field. */
export function checkExpressions(template: JsonValue, location: string, report: Report, language: QueryLanguage): void {
  if (language === 'JSONata') {
    eachText(template, location, (text, at) => checkExpression(text, at, report));
  }
}

function checkExpression(text: string, location: string, report: Report): void {
  const opens = text.startsWith('{%');
  if (opens !== text.endsWith('%}')) {
    report.schema('JSONata string must start with {% and end with %}', location);
    return;
  }
  if (!isExpression(text)) {
    return;
  }
  try {
    for (const name of topLevelReferences(parseExpression(expressionSource(text)).ast())) {
      const where = name === '$$' ? '' : ' at the top level';
      report.error('UNSUPPORTED_JSONATA_EXPRESSION', `Reference to '${name}'${where} is not supported.`, location);
    }
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) {
      throw error;
    }
    report.error('INVALID_JSONATA_EXPRESSION', error.message, location);
  }
}
