import type { JsonValue } from '../values/json';

/**
 * The engine evaluates asynchronously, whatever the expression. Most expressions in state machines are paths, literals,
 * comparisons and arithmetic: those run here, without a promise. This evaluator knows only the cases where both give
 * the same result; at anything else (a path through an array, an operand of an unexpected type) it throws
 * {@link NotSynchronous}, and the engine evaluates the expression from the start.
 */
export class NotSynchronous extends Error {
  override readonly name = 'NotSynchronous';
}

/** One for all throws: it carries nothing. */
export const NOT_SYNCHRONOUS = new NotSynchronous();

/** Boolean cast of scalars; arrays and objects have rules of their own. */
export function truth(value: JsonValue | undefined): boolean {
  if (typeof value === 'object' && value !== null) {
    throw NOT_SYNCHRONOUS;
  }
  return Boolean(value);
}

type BinaryOperation = (left: JsonValue | undefined, right: JsonValue | undefined) => JsonValue;

function comparable(left: JsonValue | undefined, right: JsonValue | undefined): left is string | number {
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string')) {
    throw NOT_SYNCHRONOUS;
  }
  return true;
}

function scalarEqual(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if ((typeof left === 'object' && left !== null) || (typeof right === 'object' && right !== null)) {
    throw NOT_SYNCHRONOUS;
  }
  return left !== undefined && left === right;
}

function arithmetic(operation: (left: number, right: number) => number): BinaryOperation {
  return (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') {
      throw NOT_SYNCHRONOUS;
    }
    const result = operation(left, right);
    if (!Number.isFinite(result)) {
      throw NOT_SYNCHRONOUS;
    }
    return result;
  };
}

function concatenable(value: JsonValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'string' || Number.isSafeInteger(value)) {
    return String(value);
  }
  throw NOT_SYNCHRONOUS;
}

/** What both sides of an operator give, where the engine would give the same. */
export const BINARY: Readonly<Record<string, BinaryOperation>> = {
  '=': scalarEqual,
  '!=': (left, right) => left !== undefined && right !== undefined && !scalarEqual(left, right),
  '<': (left, right) => comparable(left, right) && left < (right as typeof left),
  '<=': (left, right) => comparable(left, right) && left <= (right as typeof left),
  '>': (left, right) => comparable(left, right) && left > (right as typeof left),
  '>=': (left, right) => comparable(left, right) && left >= (right as typeof left),
  '+': arithmetic((left, right) => left + right),
  '-': arithmetic((left, right) => left - right),
  '*': arithmetic((left, right) => left * right),
  '/': arithmetic((left, right) => left / right),
  '&': (left, right) => concatenable(left) + concatenable(right),
};
