import type { JsonValue } from '../values/json';
import { deepEqual, isObject } from '../values/json';
import type { FilterOperator } from './path';

type Comparison = (left: JsonValue, right: JsonValue) => boolean;

const includes = (list: JsonValue, value: JsonValue): boolean =>
  Array.isArray(list) && list.some((item) => deepEqual(item, value));

function ordered(holds: (left: number | string, right: number | string) => boolean): Comparison {
  return (left, right) =>
    typeof left === typeof right &&
    (typeof left === 'number' || typeof left === 'string') &&
    holds(left, right as typeof left);
}

/** A number equals the text that it is written as. */
function looselyEqual(left: JsonValue, right: JsonValue): boolean {
  if (typeof left === 'number' && typeof right === 'string') {
    return right.trim() !== '' && left === Number(right);
  }
  if (typeof left === 'string' && typeof right === 'number') {
    return left === String(right);
  }
  return deepEqual(left, right);
}

function sizeOf(value: JsonValue): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) {
    return value.length;
  }
  return isObject(value) ? Object.keys(value).length : undefined;
}

/** @see https://github.com/json-path/JsonPath#filter-operators */
const COMPARISONS: Readonly<Record<Exclude<FilterOperator, '=~'>, Comparison>> = {
  '==': looselyEqual,
  '!=': (left, right) => !looselyEqual(left, right),
  '===': deepEqual,
  '!==': (left, right) => !deepEqual(left, right),
  '<': ordered((left, right) => left < right),
  '<=': ordered((left, right) => left <= right),
  '>': ordered((left, right) => left > right),
  '>=': ordered((left, right) => left >= right),
  in: (left, right) => includes(right, left),
  nin: (left, right) => !includes(right, left),
  subsetof: (left, right) => Array.isArray(left) && left.every((item) => includes(right, item)),
  anyof: (left, right) => Array.isArray(left) && left.some((item) => includes(right, item)),
  noneof: (left, right) => Array.isArray(left) && !left.some((item) => includes(right, item)),
  size: (left, right) =>
    sizeOf(left) !== undefined && sizeOf(left) === (typeof right === 'number' ? right : sizeOf(right)),
  contains: (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? left.includes(right) : includes(left, right),
  empty: (left, right) => sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
};

/** What is not there equals nothing, and is in no list. */
export function compare(operator: FilterOperator, left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === undefined || right === undefined) {
    return ((operator === '!=' || operator === '!==') && left !== right) || (operator === 'nin' && left === undefined);
  }
  return operator !== '=~' && COMPARISONS[operator](left, right);
}
