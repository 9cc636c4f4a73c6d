import type { QueryLanguage } from '../document/query-language';
import { COMPARISON_OPERATORS, operandType } from '../program/choice';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import { checkReference } from './expressions';
import { anything, assign, boolean, expressionOr, nonEmptyArray, number, string, template, timestamp } from './fields';
import type { CheckContext } from './machine';
import type { Report } from './report';
import { checkShape, type FieldCheck, type Fields, type Shape } from './shape';

/** What a rule is about: exactly one of these. */
const SELECTORS = ['And', 'Or', 'Not', 'Variable', 'Condition'];

const OPERANDS: Readonly<Record<ReturnType<typeof operandType>, FieldCheck>> = {
  boolean,
  string,
  timestamp,
  number: number(-Number.MAX_VALUE, Number.MAX_VALUE, 'decimal'),
  path: (value, location, report) => checkReference(value, location, report),
};

const OPERATORS = [...COMPARISON_OPERATORS];
const COMPARISONS: Fields = Object.fromEntries(
  OPERATORS.map((operator) => [operator, OPERANDS[operandType(operator)]]),
);

/** Rules inside a rule. They lead nowhere by themselves. */
const NESTED_FIELDS: Fields = {
  And: nonEmptyArray(nestedRule),
  Or: nonEmptyArray(nestedRule),
  Not: nestedRule,
  Variable: (value, location, report) => checkReference(value, location, report),
  ...COMPARISONS,
};
const CONDITION: Fields = {
  Condition: expressionOr('Boolean', (value) => typeof value === 'boolean'),
  Output: template,
};
const NESTED: Shape = { fields: { Comment: string }, JSONPath: NESTED_FIELDS, JSONata: CONDITION };
const RULE: Shape = { ...NESTED, fields: { Comment: string, Next: string, Assign: assign }, required: ['Next'] };

export function checkChoices(
  choices: JsonValue | undefined,
  location: string,
  { language, report }: CheckContext,
): void {
  if (choices === undefined) {
    return;
  }
  nonEmptyArray(anything)(choices, location, report, language);
  for (const [index, rule] of (Array.isArray(choices) ? choices : []).entries()) {
    checkRule(rule, `${location}[${index}]`, report, language, RULE);
  }
}

function nestedRule(...[rule, location, report, language]: Parameters<FieldCheck>): void {
  checkRule(rule, location, report, language, NESTED);
}

function checkRule(rule: JsonValue, location: string, report: Report, language: QueryLanguage, shape: Shape): void {
  if (!isObject(rule)) {
    report.schema('Expected value of type [OBJECT]', location);
    return;
  }
  checkShape(rule, shape, location, report, language);
  const selectors = SELECTORS.filter((field) => rule[field] !== undefined);
  if (selectors.length !== 1) {
    report.schema(`The object must have only one of the following fields, [${SELECTORS.join(', ')}]`, location);
  } else if (selectors[0] === 'Variable') {
    checkOperator(rule, location, report);
  }
}

function checkOperator(rule: JsonObject, location: string, report: Report): void {
  const operators = OPERATORS.filter((operator) => rule[operator] !== undefined);
  if (operators.length > 1) {
    report.schema(`There should only be one of the following fields: [${operators.join(', ')}]`, location);
  } else if (operators.length === 0) {
    report.schema(`This object should have only one of the following fields: [${OPERATORS.join(', ')}]`, location);
  }
}
