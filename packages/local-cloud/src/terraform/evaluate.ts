import type { JsonValue } from '@workflows/states-language';
import { UnsupportedTerraformError } from './errors';
import { type Expression, parseTemplate } from './expression';
import { callFunction } from './functions';

/** What a reference names: `aws_lambda_function.f`, `data.aws_region.r`, or a root such as `terraform`. */
export interface Reference {
  /** Address of a resource or data source, or the root's name. */
  readonly address: string;
  readonly path: readonly (string | number)[];
}

/** The value that a reference's address stands for. */
export type Scope = (reference: Reference) => JsonValue;

/** Replaces every expression inside a JSON document by its value. Keys are taken as they are. */
export function evaluateDocument(document: JsonValue, scope: Scope): JsonValue {
  if (typeof document === 'string') {
    return evaluate(parseTemplate(document), scope);
  }
  if (Array.isArray(document)) {
    return document.map((item) => evaluateDocument(item, scope));
  }
  if (document === null || typeof document !== 'object') {
    return document;
  }
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, evaluateDocument(value, scope)]));
}

/** Every reference inside a JSON document. */
export function referencesIn(document: JsonValue): Reference[] {
  const found: Reference[] = [];
  evaluateStrings(document, (expression) => collect(expression, found));
  return found;
}

function evaluateStrings(document: JsonValue, visit: (expression: Expression) => void): void {
  if (typeof document === 'string') {
    visit(parseTemplate(document));
  } else if (document !== null && typeof document === 'object') {
    for (const value of Object.values(document)) {
      evaluateStrings(value, visit);
    }
  }
}

function collect(expression: Expression, found: Reference[]): void {
  switch (expression.kind) {
    case 'literal':
      return;
    case 'reference':
      found.push(toReference(expression));
      return;
    case 'access':
      collect(expression.target, found);
      return;
    case 'template':
    case 'list':
    case 'call':
      for (const part of operands(expression)) {
        collect(part, found);
      }
      return;
    case 'object':
      for (const part of expression.entries.flat()) {
        collect(part, found);
      }
  }
}

function operands(expression: Extract<Expression, { kind: 'template' | 'list' | 'call' }>): readonly Expression[] {
  if (expression.kind === 'template') {
    return expression.parts;
  }
  return expression.kind === 'list' ? expression.items : expression.arguments;
}

function toReference({ root, path }: Extract<Expression, { kind: 'reference' }>): Reference {
  const [first, second] = path;
  if (root === 'data' && first !== undefined && second !== undefined) {
    return { address: `data.${first}.${second}`, path: path.slice(2) };
  }
  if (root.startsWith('aws_') && first !== undefined) {
    return { address: `${root}.${first}`, path: path.slice(1) };
  }
  if (root === 'terraform') {
    return { address: root, path };
  }
  throw new UnsupportedTerraformError(
    `reference \`${[root, ...path].join('.')}\` is not supported; supported: aws_… resources, data sources and terraform.workspace`,
  );
}

function evaluate(expression: Expression, scope: Scope): JsonValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts.map((part) => asText(evaluate(part, scope))).join('');
    case 'reference': {
      const reference = toReference(expression);
      return follow(scope(reference), reference.path, reference.address);
    }
    case 'access':
      return follow(evaluate(expression.target, scope), expression.path, 'an expression');
    case 'call':
      return callFunction(
        expression.name,
        expression.arguments.map((argument) => evaluate(argument, scope)),
      );
    case 'list':
      return expression.items.map((item) => evaluate(item, scope));
    case 'object':
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [asText(evaluate(key, scope)), evaluate(value, scope)]),
      );
  }
}

function asText(value: JsonValue): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new UnsupportedTerraformError(`a template cannot contain ${value === null ? 'null' : 'a list or an object'}`);
}

function follow(value: JsonValue, path: readonly (string | number)[], address: string): JsonValue {
  let current = value;
  for (const step of path) {
    // A block that may occur once is a list of one to Terraform, and an object in synthesized JSON.
    if (step === 0 && current !== null && typeof current === 'object' && !Array.isArray(current)) {
      continue;
    }
    const next: JsonValue | undefined =
      current !== null && typeof current === 'object' && Object.hasOwn(current, step)
        ? (current as { [key: string]: JsonValue })[step]
        : undefined;
    if (next === undefined) {
      const known = current !== null && typeof current === 'object' ? Object.keys(current).join(', ') : 'none';
      throw new UnsupportedTerraformError(`${address} has no attribute \`${step}\`; supported: ${known}`);
    }
    current = next;
  }
  return current;
}
