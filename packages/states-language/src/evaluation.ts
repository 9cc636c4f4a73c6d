import type { JsonObject, JsonValue } from './values/json';

/** What an expression of either query language may look at. */
export interface Scope {
  /** `$` in JSONPath, `$states.input` in JSONata. */
  readonly input: JsonValue;
  /** `$states.result`. */
  readonly result?: JsonValue | undefined;
  /** `$states.errorOutput`. */
  readonly errorOutput?: JsonValue | undefined;
  /** The context object; built on the first call. */
  context(): JsonObject;
  variable(name: string): JsonValue | undefined;
  /** Names of all variables in scope. */
  variableNames(): Iterable<string>;
  readonly nowMs: number;
  random(): number;
  uuid(): string;
}

/** A compiled field. Only a JSONata expression outside the engine's synchronous subset gives a promise. */
export type Evaluator<T = JsonValue> = (scope: Scope) => T | Promise<T>;

export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise;
}

/** Applies `next` to a value now or when it is there. */
export function then<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return isPromise(value) ? value.then(next) : next(value);
}

export function constant<T>(value: T): Evaluator<T> {
  return () => value;
}
