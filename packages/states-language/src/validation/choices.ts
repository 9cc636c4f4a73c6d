import type { JsonValue } from '../host';
import { COMPARISON_OPERATORS, operandType } from '../program/choice';
import { isObject, type JsonObject } from '../values/json';
import { parseTimestamp } from '../values/timestamp';
import { checkReference } from './expressions';
import { assign, expressionOr, string, template } from './fields';
import type { CheckContext } from './machine';
import type { Report } from './report';

const LOGICAL = ['And', 'Or', 'Not'];

export function checkChoices(choices: JsonValue | undefined, location: string, context: CheckContext): void {
  if (choices === undefined) {
    return;
  }
  if (!Array.isArray(choices) || choices.length === 0) {
    context.report.schema('Expected a non-empty array of choice rules', location);
    return;
  }
  choices.forEach((rule, index) => {
    const at = `${location}[${index}]`;
    if (!isObject(rule)) {
      context.report.schema('Expected value of type Object', at);
    } else if (context.language === 'JSONata') {
      checkJsonataRule(rule, at, context);
    } else {
      checkNext(rule, at, context);
      checkRule(rule, at, context.report, ['Next', 'Assign']);
    }
  });
}

function checkNext(rule: JsonObject, location: string, { language, report }: CheckContext): void {
  const { Assign, Next } = rule;
  if (Next === undefined) {
    report.schema('These fields are required: [Next]', location);
  } else {
    string(Next, `${location}/Next`, report, language);
  }
  if (Assign !== undefined) {
    assign(Assign, `${location}/Assign`, report, language);
  }
}

const isBoolean = (value: JsonValue): boolean => typeof value === 'boolean';

function checkJsonataRule(rule: JsonObject, location: string, context: CheckContext): void {
  const { language, report } = context;
  const { Condition, Output } = rule;
  checkNext(rule, location, context);
  if (Condition === undefined) {
    report.schema('These fields are required: [Condition]', location);
  } else {
    expressionOr('Boolean', isBoolean)(Condition, `${location}/Condition`, report, language);
  }
  if (Output !== undefined) {
    template(Output, `${location}/Output`, report, language);
  }
  refuseUnknown(rule, ['Condition', 'Next', 'Output', 'Assign', 'Comment'], location, report);
}

function checkRule(rule: JsonObject, location: string, report: Report, extra: readonly string[]): void {
  const operators = Object.keys(rule).filter((key) => LOGICAL.includes(key) || COMPARISON_OPERATORS.has(key));
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    report.schema(`A choice rule must have exactly one operator but has: [${operators.join(', ')}]`, location);
    return;
  }
  const operand = rule[operator] ?? null;
  if (LOGICAL.includes(operator)) {
    checkLogical(operator, operand, location, report);
    refuseUnknown(rule, [operator, 'Comment', ...extra], location, report);
    return;
  }
  if (rule.Variable === undefined) {
    report.schema('These fields are required: [Variable]', location);
  } else {
    checkReference(rule.Variable, `${location}/Variable`, report);
  }
  checkOperand(operator, operand, `${location}/${operator}`, report);
  refuseUnknown(rule, [operator, 'Variable', 'Comment', ...extra], location, report);
}

function checkLogical(operator: string, operand: JsonValue, location: string, report: Report): void {
  const parts = operator === 'Not' ? [operand] : operand;
  if (!Array.isArray(parts) || parts.length === 0) {
    report.schema('Expected a non-empty array of choice rules', `${location}/${operator}`);
    return;
  }
  parts.forEach((part, index) => {
    const at = operator === 'Not' ? `${location}/Not` : `${location}/${operator}[${index}]`;
    if (isObject(part)) {
      checkRule(part, at, report, []);
    } else {
      report.schema('Expected value of type Object', at);
    }
  });
}

const TYPE_NAMES = { boolean: 'Boolean', number: 'Number', string: 'String', timestamp: 'Timestamp' } as const;

function checkOperand(operator: string, operand: JsonValue, location: string, report: Report): void {
  const type = operandType(operator);
  if (type === 'path') {
    checkReference(operand, location, report);
    return;
  }
  const valid =
    type === 'timestamp'
      ? typeof operand === 'string' && parseTimestamp(operand) !== undefined
      : typeof operand === type;
  if (!valid) {
    report.schema(`Expected value of type ${TYPE_NAMES[type]}`, location);
  }
}

function refuseUnknown(rule: JsonObject, known: readonly string[], location: string, report: Report): void {
  for (const field of Object.keys(rule).filter((name) => !known.includes(name))) {
    report.unsupported(field, location);
  }
}
