import type { Scope } from '../evaluation';
import { runtimeError } from '../failures';
import { applyPath } from '../jsonpath/apply-path';
import { evaluatePath } from '../jsonpath/evaluate-path';
import { parsePath } from '../jsonpath/parse-path';
import type { Path } from '../jsonpath/path';
import type { JsonObject, JsonValue } from '../values/json';
import { parseTimestamp } from '../values/timestamp';

type Condition = (scope: Scope) => boolean;

/** Compares a variable's value with the operand; values of another type than the operator's never match. */
type Comparison = (value: JsonValue, operand: JsonValue) => boolean;

type Order = (difference: number) => boolean;

const ORDERS: Readonly<Record<string, Order>> = {
  Equals: (difference) => difference === 0,
  LessThan: (difference) => difference < 0,
  LessThanEquals: (difference) => difference <= 0,
  GreaterThan: (difference) => difference > 0,
  GreaterThanEquals: (difference) => difference >= 0,
};

function compareStrings(order: Order): Comparison {
  return (value, operand) => {
    if (typeof value !== 'string' || typeof operand !== 'string') {
      return false;
    }
    return order(value < operand ? -1 : value > operand ? 1 : 0);
  };
}

function compareNumbers(order: Order): Comparison {
  return (value, operand) => typeof value === 'number' && typeof operand === 'number' && order(value - operand);
}

function compareTimestamps(order: Order): Comparison {
  return (value, operand) => {
    const [left, right] = [toTimestamp(value), toTimestamp(operand)];
    return left !== undefined && right !== undefined && order(left - right);
  };
}

function toTimestamp(value: JsonValue): number | undefined {
  return typeof value === 'string' ? parseTimestamp(value) : undefined;
}

/** `*` stands for any characters, `\*` for a star, `\\` for a backslash. */
function stringMatches(value: JsonValue, pattern: JsonValue): boolean {
  if (typeof value !== 'string' || typeof pattern !== 'string') {
    return false;
  }
  const source = pattern.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (token, escaped: string | undefined) => {
    if (escaped !== undefined) {
      return `\\${escaped}`;
    }
    return token === '*' ? '[\\s\\S]*' : `\\${token}`;
  });
  return new RegExp(`^${source}$`).test(value);
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  BooleanEquals: (value, operand) => typeof value === 'boolean' && value === operand,
  StringMatches: stringMatches,
  ...ordered('String', compareStrings),
  ...ordered('Numeric', compareNumbers),
  ...ordered('Timestamp', compareTimestamps),
};

function ordered(prefix: string, compare: (order: Order) => Comparison): Record<string, Comparison> {
  return Object.fromEntries(Object.entries(ORDERS).map(([name, order]) => [prefix + name, compare(order)]));
}

const TYPE_TESTS: Readonly<Record<string, (value: JsonValue | undefined) => boolean>> = {
  IsBoolean: (value) => typeof value === 'boolean',
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsPresent: (value) => value !== undefined,
  IsString: (value) => typeof value === 'string',
  IsTimestamp: (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
};

const PATH_SUFFIX = 'Path';

/** Every comparison operator of the language, the `…Path` forms included. `StringMatches` has none. */
export const COMPARISON_OPERATORS: ReadonlySet<string> = new Set([
  ...Object.keys(TYPE_TESTS),
  ...Object.keys(COMPARISONS).flatMap((name) => (name === 'StringMatches' ? [name] : [name, name + PATH_SUFFIX])),
]);

/** The type of an operator's literal operand. */
export function operandType(operator: string): 'string' | 'number' | 'boolean' | 'timestamp' | 'path' {
  if (operator.startsWith('Is') || operator === 'BooleanEquals') {
    return 'boolean';
  }
  if (operator.endsWith(PATH_SUFFIX)) {
    return 'path';
  }
  if (operator.startsWith('Numeric')) {
    return 'number';
  }
  return operator.startsWith('Timestamp') ? 'timestamp' : 'string';
}

/**
 * Compiles a JSONPath choice rule, valid by now.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function compileChoiceRule(rule: JsonObject): Condition {
  const { And: all, Or: some, Not: negated } = rule;
  if (Array.isArray(all)) {
    const conditions = all.map((part) => compileChoiceRule(part as JsonObject));
    return (scope) => conditions.every((condition) => condition(scope));
  }
  if (Array.isArray(some)) {
    const conditions = some.map((part) => compileChoiceRule(part as JsonObject));
    return (scope) => conditions.some((condition) => condition(scope));
  }
  if (negated !== undefined) {
    const condition = compileChoiceRule(negated as JsonObject);
    return (scope) => !condition(scope);
  }
  return compileComparison(rule);
}

function compileComparison(rule: JsonObject): Condition {
  const operator = Object.keys(rule).find((key) => COMPARISON_OPERATORS.has(key)) as string;
  const operand = rule[operator] as JsonValue;
  const path = parsePath(rule.Variable as string);
  const test = TYPE_TESTS[operator];
  if (test !== undefined) {
    const mayBeAbsent = operator === 'IsPresent';
    return (scope) => test(mayBeAbsent ? evaluatePath(path, scope) : required(path, scope)) === operand;
  }
  if (operator.endsWith(PATH_SUFFIX)) {
    const compare = COMPARISONS[operator.slice(0, -PATH_SUFFIX.length)] as Comparison;
    const other = parsePath(operand as string);
    return (scope) => compare(required(path, scope), required(other, scope));
  }
  const compare = COMPARISONS[operator] as Comparison;
  return (scope) => compare(required(path, scope), operand);
}

function required(path: Path, scope: Scope): JsonValue {
  const value = applyPath(path, scope);
  if (value === undefined) {
    throw runtimeError(`Invalid path '${path.text}': The choice state's condition path references an invalid value.`);
  }
  return value;
}
