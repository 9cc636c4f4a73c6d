import { expressionSource, isExpression } from '../document/template';
import { constant, type Evaluator, isPromise, type Scope } from '../evaluation';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject, setProperty } from '../values/json';
import { compileExpression } from './expression';

/**
 * Compiles a JSONata state's field: a JSON value in which any string may be an expression.
 *
 * @param location The field for error messages; extended by `/key` and `[index]` on the way in.
 * @throws ExpressionSyntaxError
 */
export function compileJsonataTemplate(template: JsonValue, location: string): Evaluator {
  return compileNode(template, location) ?? constant(template);
}

function compileNode(template: JsonValue, location: string): Evaluator | undefined {
  if (isExpression(template)) {
    return compileExpression(expressionSource(template), location);
  }
  if (Array.isArray(template)) {
    const parts = template.map((item, index) => compileNode(item, `${location}[${index}]`));
    return parts.some((part) => part !== undefined) ? composite(parts, template, (values) => values) : undefined;
  }
  return isObject(template) ? compileObject(template, location) : undefined;
}

function compileObject(template: JsonObject, location: string): Evaluator | undefined {
  const keys = Object.keys(template);
  const parts = keys.map((key) => compileNode(template[key] as JsonValue, `${location}/${key}`));
  if (parts.every((part) => part === undefined)) {
    return undefined;
  }
  return composite(parts, Object.values(template), (values) => {
    const result: JsonObject = {};
    keys.forEach((key, index) => {
      setProperty(result, key, values[index] as JsonValue);
    });
    return result;
  });
}

/** Evaluates parts in order, one after the other, so that the numbers of `$random` come in the order of the text. */
function composite(
  parts: readonly (Evaluator | undefined)[],
  constants: readonly JsonValue[],
  build: (values: JsonValue[]) => JsonValue,
): Evaluator {
  const continueFrom = (start: number, values: JsonValue[], scope: Scope): JsonValue | Promise<JsonValue> => {
    for (let index = start; index < parts.length; index += 1) {
      const part = parts[index];
      const value = part === undefined ? (constants[index] as JsonValue) : part(scope);
      if (isPromise(value)) {
        return value.then((settled) => continueFrom(index + 1, [...values, settled], scope));
      }
      values.push(value);
    }
    return build(values);
  };
  return (scope) => continueFrom(0, [], scope);
}
