import { expressionSource, isExpression } from '../document/template';
import { type Evaluator, then } from '../evaluation';
import { queryError, runtimeError } from '../failures';
import { compileExpression, requireType } from '../jsonata/expression';
import { evaluatePath } from '../jsonpath/evaluate-path';
import { parsePath } from '../jsonpath/parse-path';
import { parseTimestamp } from '../values/timestamp';
import { compileInteger, isString, type Source, secondsField } from './fields';
import type { WaitState } from './program';

/**
 * Compiles the end of a Wait state: `Seconds`, `SecondsPath`, `Timestamp` or `TimestampPath`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html
 */
export function compileWait(source: Source): Pick<WaitState, 'type' | 'until'> {
  const seconds = compileInteger(source, secondsField('Seconds', 0));
  if (seconds !== undefined) {
    return { type: 'Wait', until: (scope) => then(seconds(scope), (value) => scope.nowMs + value * 1000) };
  }
  return { type: 'Wait', until: compileTimestamp(source) };
}

function compileTimestamp({ fields }: Source): Evaluator<number> {
  const literal = fields.Timestamp;
  if (literal !== undefined && isExpression(literal)) {
    const text = expressionSource(literal);
    const evaluate = compileExpression(text, 'Timestamp');
    return (scope) =>
      then(evaluate(scope), (value) => {
        const timestamp = requireType(value, 'string', isString, text, 'Timestamp');
        const instant = parseTimestamp(timestamp);
        if (instant === undefined) {
          throw queryError(
            `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
            'Timestamp',
          );
        }
        return instant;
      });
  }
  if (typeof literal === 'string') {
    const instant = parseTimestamp(literal) as number;
    return () => instant;
  }
  const pathText = fields.TimestampPath as string;
  const path = parsePath(pathText);
  return (scope) => {
    const value = evaluatePath(path, scope);
    if (value === undefined) {
      throw runtimeError(`The TimestampPath parameter does not reference an input value: ${pathText}`);
    }
    const instant = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (instant === undefined) {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      throw runtimeError(
        `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${pathText} == ${shown}`,
      );
    }
    return instant;
  };
}
