import { constant, type Evaluator, type Scope } from '../evaluation';
import { ErrorName, FieldError, runtimeError } from '../failures';
import { callIntrinsic, IntrinsicArgumentError } from '../intrinsics/functions';
import { type IntrinsicCall, parseIntrinsic } from '../intrinsics/parse-intrinsic';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject, setProperty } from '../values/json';
import { applyPath } from './apply-path';
import { evaluatePath } from './evaluate-path';
import { parsePath } from './parse-path';
import type { Path } from './path';

type SyncEvaluator = (scope: Scope) => JsonValue;

/**
 * Compiles `Parameters`, `ResultSelector`, `ItemSelector` or a JSONPath state's `Assign`: a JSON value in which fields
 * whose names end in `.$` are paths or intrinsic functions.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html
 */
export function compileTemplate(template: JsonValue): Evaluator {
  return compileNode(template) ?? constant(template);
}

/** `undefined` for a value without anything to evaluate, so that it is shared rather than copied. */
function compileNode(template: JsonValue): SyncEvaluator | undefined {
  if (Array.isArray(template)) {
    const parts = template.map((item) => compileNode(item) ?? (() => item));
    return template.some((item) => compileNode(item) !== undefined)
      ? (scope) => parts.map((part) => part(scope))
      : undefined;
  }
  return isObject(template) ? compileObject(template) : undefined;
}

function compileObject(template: JsonObject): SyncEvaluator | undefined {
  let dynamic = false;
  const parts = Object.entries(template).map(([key, value]): [string, SyncEvaluator] => {
    if (key.endsWith('.$') && typeof value === 'string') {
      dynamic = true;
      return [key.slice(0, -2), compileField(value, key)];
    }
    const inner = compileNode(value);
    dynamic ||= inner !== undefined;
    return [key, inner ?? (() => value)];
  });
  if (!dynamic) {
    return undefined;
  }
  return (scope) => {
    const result: JsonObject = {};
    for (const [key, part] of parts) {
      setProperty(result, key, part(scope));
    }
    return result;
  };
}

/** Compiles the value of a `.$` field: a path or an intrinsic function. */
export function compileField(source: string, field: string): SyncEvaluator {
  if (!source.startsWith('$')) {
    return compileIntrinsic(parseIntrinsic(source));
  }
  const path = parsePath(source);
  return (scope) => requirePath(path, scope, field);
}

function requirePath(path: Path, scope: Scope, field: string): JsonValue {
  const value = applyPath(path, scope);
  if (value !== undefined) {
    return value;
  }
  if (path.root.kind === 'variable' && scope.variable(path.root.name) === undefined) {
    throw runtimeError(`The variable '$${path.root.name}' specified for the field '${field}' has not been assigned`);
  }
  const searched = path.root.kind === 'context' ? scope.context() : scope.input;
  throw runtimeError(
    `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(searched)}'`,
  );
}

function compileIntrinsic(call: IntrinsicCall): SyncEvaluator {
  const args = call.args.map((argument): SyncEvaluator => {
    if ('literal' in argument) {
      return () => argument.literal;
    }
    return 'call' in argument
      ? compileIntrinsic(argument.call)
      : (scope) => requireArgument(argument.path, scope, call);
  });
  return (scope) => {
    try {
      return callIntrinsic(
        call.name,
        args.map((argument) => argument(scope)),
        scope,
      );
    } catch (error) {
      if (error instanceof IntrinsicArgumentError) {
        throw new FieldError(
          ErrorName.INTRINSIC_FAILURE,
          `The function '${call.text}' had the following error: ${error.message}`,
        );
      }
      throw error;
    }
  };
}

/** An argument that is not there is no failure of the function: as any path that finds nothing, it ends the execution. */
function requireArgument(path: Path, scope: Scope, call: IntrinsicCall): JsonValue {
  const value = evaluatePath(path, scope);
  if (value === undefined) {
    throw runtimeError(
      `The function '${call.text}' had the following error: The JsonPath argument for the field '${path.text}' could not be found in the input '${JSON.stringify(scope.input)}'`,
    );
  }
  return value;
}
