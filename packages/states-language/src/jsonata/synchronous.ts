import type { ExprNode } from 'jsonata';
import type { Scope } from '../evaluation';
import type { JsonValue } from '../values/json';
import { isObject, property } from '../values/json';
import { BINARY, NOT_SYNCHRONOUS, truth } from './synchronous-operators';

type Synchronous = (scope: Scope) => JsonValue | undefined;

/** `undefined` when the expression has a construct that only the engine knows. */
export function compileSynchronously(node: ExprNode): Synchronous | undefined {
  if (hasModifiers(node)) {
    return undefined;
  }
  switch (node.type as ExprNode['type'] | 'path') {
    case 'string':
    case 'number':
    case 'value':
      return () => node.value as JsonValue;
    case 'variable':
      return compilePath([node]);
    case 'path':
      return compilePath(node.steps ?? []);
    case 'block':
      return compileBlock(node);
    case 'condition':
      return compileCondition(node);
    case 'binary':
      return compileBinary(node);
    case 'unary':
      return node.value === '{' ? compileObject(node) : undefined;
    case 'function':
      return compileCall(node);
    default:
      return undefined;
  }
}

interface EngineNode extends ExprNode {
  readonly group?: unknown;
  readonly predicate?: unknown;
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
  readonly focus?: unknown;
  readonly index?: unknown;
  readonly tuple?: unknown;
  readonly then?: ExprNode;
  readonly else?: ExprNode;
  readonly condition?: ExprNode;
}

function hasModifiers(node: EngineNode): boolean {
  return (
    node.group !== undefined ||
    node.predicate !== undefined ||
    node.stages !== undefined ||
    node.keepArray === true ||
    node.keepSingletonArray === true ||
    node.focus !== undefined ||
    node.index !== undefined ||
    node.tuple !== undefined
  );
}

function compilePath(steps: readonly ExprNode[]): Synchronous | undefined {
  const [root, ...rest] = steps;
  if (root?.type !== 'variable' || root.value === '' || root.value === '$' || hasModifiers(root)) {
    return undefined;
  }
  const names: string[] = [];
  for (const step of rest) {
    if (step.type !== 'name' || hasModifiers(step)) {
      return undefined;
    }
    names.push(step.value as string);
  }
  const start = compileRoot(root.value as string, names);
  return start === undefined ? undefined : (scope) => follow(start(scope), names);
}

/** Takes the field of `$states` off `names`, or reads a variable. */
function compileRoot(variable: string, names: string[]): Synchronous | undefined {
  if (variable !== 'states') {
    // What is no variable of the workflow may still be one of the engine's functions.
    return (scope) => {
      const value = scope.variable(variable);
      if (value === undefined) {
        throw NOT_SYNCHRONOUS;
      }
      return value;
    };
  }
  switch (names.shift()) {
    case 'input':
      return (scope) => scope.input;
    case 'context':
      return (scope) => scope.context();
    case 'result':
      return (scope) => scope.result;
    case 'errorOutput':
      return (scope) => scope.errorOutput;
    default:
      return undefined;
  }
}

function follow(start: JsonValue | undefined, names: readonly string[]): JsonValue | undefined {
  let value = start;
  for (const name of names) {
    if (Array.isArray(value)) {
      throw NOT_SYNCHRONOUS;
    }
    value = isObject(value) ? property(value, name) : undefined;
  }
  return value;
}

function compileBlock(node: ExprNode): Synchronous | undefined {
  const [only] = node.expressions ?? [];
  return node.expressions?.length === 1 && only !== undefined ? compileSynchronously(only) : undefined;
}

function compileCondition(node: EngineNode): Synchronous | undefined {
  const test = node.condition && compileSynchronously(node.condition);
  const yes = node.then && compileSynchronously(node.then);
  const no = node.else === undefined ? () => undefined : compileSynchronously(node.else);
  if (!(test && yes && no)) {
    return undefined;
  }
  return (scope) => (truth(test(scope)) ? yes(scope) : no(scope));
}

function compileObject(node: ExprNode): Synchronous | undefined {
  const pairs: [string, Synchronous][] = [];
  for (const [key, value] of node.lhs as unknown as [ExprNode, ExprNode][]) {
    const compiled = compileSynchronously(value);
    if (key.type !== 'string' || compiled === undefined || pairs.some(([known]) => known === key.value)) {
      return undefined;
    }
    pairs.push([key.value as string, compiled]);
  }
  return (scope) => {
    const result: { [key: string]: JsonValue } = {};
    for (const [key, value] of pairs) {
      const computed = value(scope);
      if (computed !== undefined) {
        result[key] = computed;
      }
    }
    return result;
  };
}

function compileBinary(node: ExprNode): Synchronous | undefined {
  const left = compileSynchronously(node.lhs as ExprNode);
  const right = compileSynchronously(node.rhs as ExprNode);
  if (left === undefined || right === undefined) {
    return undefined;
  }
  if (node.value === 'and') {
    return (scope) => truth(left(scope)) && truth(right(scope));
  }
  if (node.value === 'or') {
    return (scope) => truth(left(scope)) || truth(right(scope));
  }
  const operation = BINARY[node.value as string];
  return operation && ((scope) => operation(left(scope), right(scope)));
}

function compileCall(node: ExprNode): Synchronous | undefined {
  const name = node.procedure?.type === 'variable' ? (node.procedure.value as string) : undefined;
  const [argument, ...others] = node.arguments ?? [];
  const value = argument && others.length === 0 ? compileSynchronously(argument) : undefined;
  if (value === undefined) {
    return undefined;
  }
  const unlessShadowed = (run: Synchronous): Synchronous => {
    return (scope) => {
      if (scope.variable(name as string) !== undefined) {
        throw NOT_SYNCHRONOUS;
      }
      return run(scope);
    };
  };
  if (name === 'exists') {
    return unlessShadowed((scope) => value(scope) !== undefined);
  }
  if (name === 'not') {
    return unlessShadowed((scope) => {
      const operand = value(scope);
      return operand === undefined ? undefined : !truth(operand);
    });
  }
  return undefined;
}
