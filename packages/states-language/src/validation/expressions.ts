import type { JsonValue } from '../host';
import { arityOf } from '../intrinsics/functions';
import { type IntrinsicCall, parseIntrinsic } from '../intrinsics/parse-intrinsic';
import { ExpressionSyntaxError, expressionSource, isExpression, parseExpression } from '../jsonata/expression';
import { parsePath } from '../jsonpath/parse-path';
import type { QueryLanguage } from '../program/program';
import { isObject, typeName } from '../values/json';
import type { Report } from './report';

/** A path of JSONPath. */
export function checkPath(value: JsonValue, location: string, report: Report): void {
  if (typeof value !== 'string') {
    report.schema(`Expected value of type String but was: ${typeName(value)}`, location);
    return;
  }
  try {
    parsePath(value);
  } catch (error) {
    report.schema(`Value is not a valid JSONPath: ${(error as Error).message}`, location);
  }
}

/** A path that names exactly one place in the state's own data. */
export function checkReferencePath(value: JsonValue, location: string, report: Report): void {
  const before = report.diagnostics.length;
  checkPath(value, location, report);
  if (report.diagnostics.length > before) {
    return;
  }
  const { definite, root, segments } = parsePath(value as string);
  const ambiguous = segments.some(
    (segment) => segment.kind === 'names' || (segment.kind === 'index' && segment.index < 0),
  );
  if (!definite || ambiguous || root.kind !== 'input') {
    report.schema(`Value is not a Reference Path: ${value}`, location);
  }
}

/** What a `.$` field may hold. */
export function checkStringSource(value: JsonValue, location: string, report: Report): void {
  const field = location.slice(location.lastIndexOf('/') + 1);
  const problem = typeof value === 'string' ? sourceProblem(value) : `it is of type ${typeName(value)}`;
  if (problem !== undefined) {
    report.schema(
      `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call: ${problem}`,
      location,
    );
  }
}

function sourceProblem(source: string): string | undefined {
  try {
    if (source.startsWith('$')) {
      parsePath(source);
      return undefined;
    }
    return arityProblem(parseIntrinsic(source));
  } catch (error) {
    return (error as Error).message;
  }
}

function arityProblem(call: IntrinsicCall): string | undefined {
  const [fewest, most] = arityOf(call.name);
  const given = call.args.length;
  if (given < fewest || given > most) {
    const takes =
      fewest === most ? `${fewest}` : most === Number.POSITIVE_INFINITY ? `at least ${fewest}` : `${fewest} to ${most}`;
    return `${call.name} takes ${takes} arguments but was given ${given}`;
  }
  for (const argument of call.args) {
    const problem = 'call' in argument ? arityProblem(argument.call) : undefined;
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

/** A payload template: each field whose name ends in `.$` holds a path or an intrinsic function. */
export function checkTemplate(template: JsonValue, location: string, report: Report): void {
  if (Array.isArray(template)) {
    template.forEach((item, index) => {
      checkTemplate(item, `${location}/${index}`, report);
    });
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) {
      if (key.endsWith('.$')) {
        checkStringSource(value, `${location}/${key}`, report);
      } else {
        checkTemplate(value, `${location}/${key}`, report);
      }
    }
  }
}

/** Every expression in a JSONata state's field. */
export function checkExpressions(template: JsonValue, location: string, report: Report, language: QueryLanguage): void {
  if (language === 'JSONPath') {
    return;
  }
  if (typeof template === 'string') {
    checkExpression(template, location, report);
  } else if (Array.isArray(template)) {
    template.forEach((item, index) => {
      checkExpressions(item, `${location}/${index}`, report, language);
    });
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) {
      checkExpressions(value, `${location}/${key}`, report, language);
    }
  }
}

function checkExpression(text: string, location: string, report: Report): void {
  const opens = text.startsWith('{%');
  if (opens !== text.endsWith('%}')) {
    report.schema("A JSONata expression must begin with '{%' and end with '%}'", location);
    return;
  }
  if (!isExpression(text)) {
    return;
  }
  try {
    parseExpression(expressionSource(text));
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) {
      throw error;
    }
    report.schema(`The JSONata expression is not valid: ${error.message}`, location);
  }
}
