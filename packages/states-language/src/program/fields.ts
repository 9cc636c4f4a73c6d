import type { QueryLanguage } from '../document/query-language';
import { expressionSource, isExpression } from '../document/template';
import { type Evaluator, type Scope, then } from '../evaluation';
import { queryError, runtimeError } from '../failures';
import { compileExpression, requireType } from '../jsonata/expression';
import { compileJsonataTemplate } from '../jsonata/template';
import { applyPath, missingPath } from '../jsonpath/apply-path';
import { evaluatePath } from '../jsonpath/evaluate-path';
import { parsePath } from '../jsonpath/parse-path';
import { compileField } from '../jsonpath/payload-template';
import type { JsonObject, JsonValue } from '../values/json';

/** The fields of one state together with the language that they are written in. */
export interface Source {
  readonly fields: JsonObject;
  readonly language: QueryLanguage;
}

/** `InputPath` and `OutputPath`: a path, or `null` for an empty object. */
export function compileFlowPath(value: JsonValue | undefined): Evaluator | undefined {
  if (value === undefined || value === '$') {
    return undefined;
  }
  if (value === null) {
    return () => ({});
  }
  const path = parsePath(value as string);
  return (scope) => {
    const found = applyPath(path, scope);
    if (found === undefined) {
      throw missingPath(path, scope);
    }
    return found;
  };
}

function isInteger(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

function isNumber(value: JsonValue): value is number {
  return typeof value === 'number';
}

export function isString(value: JsonValue): value is string {
  return typeof value === 'string';
}

/** How a number field words what is wrong with the value that its path found. */
export interface NumberField {
  readonly name: string;
  readonly minimum: number;
  readonly wording?: (path: string, value: JsonValue) => string;
}

/** How a field that is a time in seconds words it. */
export function secondsField(name: string, minimum: number): NumberField {
  return {
    name,
    minimum,
    wording: (path, value) => {
      const negative = typeof value === 'number' && Number.isInteger(value);
      const problem = negative ? 'references a negative value' : 'cannot be parsed as a long value';
      return `The ${name}Path parameter ${problem}: ${path} == ${typeof value === 'string' ? value : JSON.stringify(value)}`;
    },
  };
}

/** A field that is a number, an expression, or (with `Path` behind its name) a path to a number. */
export function compileInteger(source: Source, field: NumberField): Evaluator<number> | undefined {
  return compileNumber(source, field, isInteger, 'integer');
}

export function compileDecimal(source: Source, field: NumberField): Evaluator<number> | undefined {
  return compileNumber(source, field, isNumber, 'number');
}

function compileNumber(
  { fields }: Source,
  { name, minimum, wording }: NumberField,
  matches: (value: JsonValue) => value is number,
  expected: string,
): Evaluator<number> | undefined {
  const literal = fields[name];
  if (literal !== undefined && isExpression(literal)) {
    const text = expressionSource(literal);
    const evaluate = compileExpression(text, name);
    return (scope) =>
      then(evaluate(scope), (value) => {
        const number = requireType(value, expected, matches, text, name);
        if (number < minimum) {
          throw queryError(`The ${name} field must be at least ${minimum} but was: ${number}`, name);
        }
        return number;
      });
  }
  if (literal !== undefined) {
    return () => literal as number;
  }
  const pathText = fields[`${name}Path`];
  if (typeof pathText !== 'string') {
    return undefined;
  }
  const path = parsePath(pathText);
  return (scope) => {
    const value = evaluatePath(path, scope);
    if (value === undefined) {
      throw runtimeError(`The ${name}Path parameter does not reference an input value: ${pathText}`);
    }
    if (!matches(value) || value < minimum) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      throw runtimeError(
        wording?.(pathText, value) ??
          `The ${name}Path field refers to value "${text}" which is not a valid ${expected === 'integer' ? 'integer' : 'float'}: ${pathText}`,
      );
    }
    return value;
  };
}

/** A string, an expression, or (with `Path` behind its name) a path or intrinsic function that gives a string. */
export function compileString(source: Source, name: string): Evaluator<string> | undefined {
  const { fields, language } = source;
  const literal = fields[name];
  if (typeof literal === 'string') {
    return language === 'JSONata' && isExpression(literal) ? stringExpression(literal, name) : () => literal;
  }
  const pathField = `${name}Path`;
  const pathText = fields[pathField];
  if (typeof pathText !== 'string') {
    return undefined;
  }
  const evaluate = compileField(pathText, pathField);
  return (scope: Scope) => {
    const value = evaluate(scope);
    if (typeof value !== 'string') {
      throw runtimeError(
        `The ${pathField} field refers to value ${JSON.stringify(value)} which is not a string: ${pathText}`,
      );
    }
    return value;
  };
}

function stringExpression(literal: string, name: string): Evaluator<string> {
  const text = expressionSource(literal);
  const evaluate = compileExpression(text, name);
  return (scope) => then(evaluate(scope), (value) => requireType(value, 'string', isString, text, name));
}

/** `Output` of a JSONata state. */
export function compileOutput({ fields, language }: Source, location = 'Output'): Evaluator | undefined {
  const output = fields.Output;
  return output === undefined || language === 'JSONPath' ? undefined : compileJsonataTemplate(output, location);
}
