import jsonata from 'jsonata';
import type { Evaluator, Scope } from '../evaluation';
import { queryError } from '../failures';
import type { JsonValue } from '../values/json';
import {
  boundedRange,
  boundRanges,
  ENTRY_HOOK,
  EXIT_HOOK,
  enter,
  leave,
  needsBounds,
  newUsage,
  RANGE,
  type Shape,
  shapeOf,
  USAGE,
} from './bounds';
import { functionBindings } from './functions';
import { normalize, UnsupportedResultError } from './normalize';
import { compileSynchronously } from './synchronous';
import { NotSynchronous } from './synchronous-operators';

/** An expression text that the JSONata parser refuses. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'ExpressionSyntaxError';
}

/** @throws {@link ExpressionSyntaxError} */
export function parseExpression(source: string): jsonata.Expression {
  try {
    return jsonata(source);
  } catch (error) {
    throw new ExpressionSyntaxError(engineMessage(error));
  }
}

/**
 * Compiles an expression. Simple ones (paths, literals, comparisons, arithmetic) run synchronously; at the first thing
 * that the synchronous evaluator does not know, the engine takes over.
 *
 * @param location The field for error messages, such as `Arguments/Payload/id`.
 * @throws {@link ExpressionSyntaxError}
 */
export function compileExpression(source: string, location: string): Evaluator {
  const engine = parseExpression(source);
  const ast = engine.ast();
  boundRanges(ast);
  const shape = shapeOf(ast);
  const bounded = needsBounds(shape);
  if (bounded) {
    engine.assign(ENTRY_HOOK as unknown as string, enter);
    engine.assign(EXIT_HOOK as unknown as string, leave);
  }
  const synchronous = bounded ? undefined : compileSynchronously(ast);
  const runEngine = async (scope: Scope): Promise<JsonValue> => {
    let result: unknown;
    try {
      result = await engine.evaluate(undefined, bindings(scope, bounded ? shape : undefined));
    } catch (error) {
      throw queryError(`${sentence(source, location)} threw an error during evaluation${ending(error)}`, location);
    }
    return checked(result, source, location);
  };
  if (synchronous === undefined) {
    return runEngine;
  }
  return (scope) => {
    let result: unknown;
    try {
      result = synchronous(scope);
    } catch (error) {
      if (error instanceof NotSynchronous) {
        return runEngine(scope);
      }
      throw error;
    }
    return checked(result, source, location);
  };
}

/** Fails the state unless the value is of the type that its field needs. */
export function requireType<T extends JsonValue>(
  value: JsonValue,
  expected: string,
  matches: (value: JsonValue) => value is T,
  source: string,
  location: string,
): T {
  if (matches(value)) {
    return value;
  }
  const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  throw queryError(
    `${sentence(source, location)} returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    location,
  );
}

function sentence(source: string, location: string): string {
  return `The JSONata expression '${source}' specified for the field '${location}'`;
}

function checked(result: unknown, source: string, location: string): JsonValue {
  if (result === undefined) {
    throw queryError(`${sentence(source, location)} returned nothing (undefined).`, location);
  }
  try {
    return normalize(result);
  } catch (error) {
    if (error instanceof UnsupportedResultError) {
      throw queryError(`${sentence(source, location)} returned an unsupported result type.`, location);
    }
    throw error;
  }
}

function engineMessage(error: unknown): string {
  return String((error as { message?: unknown }).message ?? error);
}

/** The engine throws plain objects with a `code`; a function of ours throws an `Error` without one. */
function ending(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? `. ${code}: ${engineMessage(error)}` : `: ${engineMessage(error)}`;
}

function bindings(scope: Scope, bounded: Shape | undefined): Record<string, unknown> {
  const states: Record<string, unknown> = { input: scope.input, context: scope.context() };
  if (scope.result !== undefined) {
    states.result = scope.result;
  }
  if (scope.errorOutput !== undefined) {
    states.errorOutput = scope.errorOutput;
  }
  const all: Record<string, unknown> = { ...functionBindings(scope), now: formatter(scope.nowMs), states };
  for (const name of scope.variableNames()) {
    all[name] = scope.variable(name);
  }
  if (bounded !== undefined) {
    all[USAGE] = newUsage(bounded, scope.nowMs);
    all[RANGE] = boundedRange;
  }
  return all;
}

const format = jsonata('$fromMillis(millis, picture, timezone)');

/** `$now()`: the engine's own reads the machine's clock. */
function formatter(nowMs: number): (picture?: string, timezone?: string) => unknown {
  return (picture, timezone) =>
    picture === undefined && timezone === undefined
      ? new Date(nowMs).toISOString()
      : format.evaluate({ millis: nowMs, picture, timezone });
}
