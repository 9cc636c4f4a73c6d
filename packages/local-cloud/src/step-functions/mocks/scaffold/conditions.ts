import type { Condition, JsonValue } from '@workflows/states-language';
import { type Edit, type Facts, fill, lastName, resolve, valueAt } from './edits';
import { exampleValue } from './example-values';
import { parsedText } from './json-text';
import { expressionSource, referencesIn } from './jsonata';

const DAY_MS = 86_400_000;

/** What has to be in the data for the condition of a rule to hold, or not to hold. */
export function toMake(rule: Condition | { readonly Condition: unknown }, holds: boolean, facts: Facts): Edit[] {
  if ('Condition' in rule) {
    return typeof rule.Condition === 'string' ? toMakeExpression(expressionSource(rule.Condition), holds, facts) : [];
  }
  if ('And' in rule && rule.And !== undefined) {
    return each(rule.And, holds, holds, facts);
  }
  if ('Or' in rule && rule.Or !== undefined) {
    return each(rule.Or, !holds, holds, facts);
  }
  if ('Not' in rule && rule.Not !== undefined) {
    return toMake(rule.Not, !holds, facts);
  }
  return toPass(rule as unknown as Readonly<Record<string, JsonValue>>, holds, facts);
}

/** All of several conditions, or the first. */
function each(conditions: readonly Condition[], all: boolean, holds: boolean, facts: Facts): Edit[] {
  return (all ? conditions : conditions.slice(0, 1)).flatMap((condition) => toMake(condition, holds, facts));
}

function toPass(test: Readonly<Record<string, JsonValue>>, holds: boolean, facts: Facts): Edit[] {
  const { data, path } = resolve(String(test.Variable), facts);
  if (data === undefined) {
    return [];
  }
  const [name = '', operand = null] =
    Object.entries(test).find(([field]) => /^(Is|String|Numeric|Boolean|Timestamp)/.test(field)) ?? [];
  if (name === 'IsPresent') {
    return operand === holds ? fill(data, path) : [{ data, path, value: undefined }];
  }
  const whole = name === 'StringMatches' && holds ? parsedText(valueAt(data, path)) : undefined;
  if (whole !== undefined && !Array.isArray(whole)) {
    // The text of an object matches with one more field.
    return [{ data: whole, path: ['value'], value: passing(name, operand, holds, 'value') }];
  }
  if (!name.endsWith('Path')) {
    return [{ data, path, value: passing(name, operand, holds, lastName(path)) }];
  }
  const other = resolve(String(operand), facts);
  const operator = name.slice(0, -'Path'.length);
  const example = operator.startsWith('Numeric') ? 1 : operator.startsWith('Boolean') ? true : 'example-operand';
  const given = valueAt(other.data, other.path);
  const known = typeof given === typeof example && given !== undefined ? given : example;
  return [
    ...(other.data === undefined || known === given ? [] : [{ data: other.data, path: other.path, value: known }]),
    { data, path, value: passing(operator, known, holds, lastName(path)) },
  ];
}

const KINDS: Readonly<Record<string, JsonValue>> = {
  IsBoolean: true,
  IsNull: null,
  IsNumeric: 1,
  IsString: 'example-text',
  IsTimestamp: '2026-01-01T00:00:00Z',
};

/** A value for which an operator gives what is wanted. */
function passing(operator: string, operand: JsonValue, holds: boolean, name: string): JsonValue {
  if (operator in KINDS) {
    return (operand === holds ? KINDS[operator] : operator === 'IsString' ? 1 : exampleValue('other')) ?? null;
  }
  if (operator === 'BooleanEquals') {
    return holds ? operand : operand !== true;
  }
  if (operator === 'StringMatches') {
    return holds
      ? String(operand)
          .replaceAll(/(?<!\\)\*/g, '')
          .replaceAll('\\', '')
      : `example-other-${name.toLowerCase()}`;
  }
  const steps = holds === HOLDS_AT_EQUAL.test(operator) ? 0 : holds === operator.includes('Greater') ? 1 : -1;
  if (operator.endsWith('Equals') && !/Greater|Less/.test(operator) && !holds) {
    return shifted(operator, operand, 1);
  }
  return shifted(operator, operand, steps);
}

const HOLDS_AT_EQUAL = /Equals$/;

function shifted(operator: string, operand: JsonValue, steps: number): JsonValue {
  if (operator.startsWith('Numeric')) {
    return Number(operand) + steps;
  }
  if (operator.startsWith('Timestamp')) {
    const at = Date.parse(String(operand));
    return new Date((Number.isNaN(at) ? 0 : at) + steps * DAY_MS).toISOString();
  }
  return steps === 0 ? operand : steps > 0 ? `${String(operand)}-other` : '';
}

const COMPARISON = /(=|!=|>=|<=|>|<|\bin\s*\[)\s*('[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|true|false|null)/;

/** Of a JSONata condition, what can be told without solving it: references that are compared with literals. */
function toMakeExpression(source: string, holds: boolean, facts: Facts): Edit[] {
  const alternatives = source.split(/\bor\b/);
  const parts = (holds ? alternatives.slice(0, 1) : alternatives).flatMap((part) =>
    holds ? part.split(/\band\b/) : part.split(/\band\b/).slice(0, 1),
  );
  return parts.flatMap((part): Edit[] => {
    const [reference] = referencesIn(part, facts);
    if (reference?.data === undefined) {
      return [];
    }
    const [, sign, literal = ''] = COMPARISON.exec(part) ?? [];
    const negated = /\$not\(/.test(part);
    const value = sign === undefined ? holds !== negated : compared(sign, literalValue(literal), holds !== negated);
    return [{ data: reference.data, path: reference.path, value }];
  });
}

const literalValue = (literal: string): JsonValue =>
  /^['"]/.test(literal) ? literal.slice(1, -1) : (JSON.parse(literal) as JsonValue);

function compared(sign: string, literal: JsonValue, holds: boolean): JsonValue {
  const operator = typeof literal === 'number' ? 'Numeric' : typeof literal === 'boolean' ? 'Boolean' : 'String';
  const names: Readonly<Record<string, string>> = {
    '>=': 'GreaterThanEquals',
    '<=': 'LessThanEquals',
    '>': 'GreaterThan',
    '<': 'LessThan',
  };
  return passing(`${operator}${names[sign] ?? 'Equals'}`, literal, holds !== (sign === '!='), 'value');
}
