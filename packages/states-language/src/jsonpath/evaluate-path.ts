import type { Scope } from '../evaluation';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject, property, setProperty } from '../values/json';
import { compare } from './compare-operands';
import { type FilterOperand, type FilterTest, isDefinite, type Path, type Segment } from './path';

/** What a path finds, or `undefined` for a definite path that finds nothing. */
export function evaluatePath(path: Path, scope: Scope): JsonValue | undefined {
  const root = rootValue(path, scope);
  return root === undefined ? undefined : findIn(path, root);
}

function rootValue(path: Path, scope: Scope): JsonValue | undefined {
  switch (path.root.kind) {
    case 'input':
      return scope.input;
    case 'context':
      return scope.context();
    case 'variable':
      return scope.variable(path.root.name);
  }
}

function findIn(path: Path, root: JsonValue): JsonValue | undefined {
  const { segments } = path;
  let value = root;
  let at = 0;
  for (let segment = segments[at]; segment !== undefined && isDefinite(segment); segment = segments[at]) {
    const next = step(value, segment, at === segments.length - 1);
    if (next === undefined) {
      return !path.definite && isMissingFrom(value, segment) ? [] : undefined;
    }
    value = next;
    at += 1;
  }
  const first = segments[at];
  if (first === undefined) {
    return value;
  }
  if (!appliesTo(first, value)) {
    return undefined;
  }
  let found: JsonValue[] = [value];
  for (; at < segments.length; at += 1) {
    const segment = segments[at] as Segment;
    found = found.flatMap((candidate) => steps(candidate, segment, root));
  }
  return found;
}

/** On AWS, a path that may find many finds none below what is not there; below what is of another kind, it fails. */
function isMissingFrom(value: JsonValue, { kind }: Segment): boolean {
  return kind === 'name' || (kind === 'index' && (Array.isArray(value) || value === null));
}

/** Where everything before it names one place, a segment that chooses among items must find items there, or nothing. */
function appliesTo(segment: Segment, value: JsonValue): boolean {
  switch (segment.kind) {
    case 'indexes':
    case 'slice':
      return Array.isArray(value) || value === null;
    case 'filter':
      return typeof value === 'object' && value !== null;
    default:
      return true;
  }
}

function step(value: JsonValue, segment: Segment, isLast: boolean): JsonValue | undefined {
  if (segment.kind === 'name') {
    return isObject(value) ? property(value, segment.name) : undefined;
  }
  if (segment.kind === 'names') {
    // Several names are taken only at the end of a path.
    return isLast && isObject(value) ? pick(value, segment.names) : undefined;
  }
  if (segment.kind === 'index' && Array.isArray(value)) {
    return value.at(segment.index);
  }
  return undefined;
}

/** Several names find one object, which has those of them that are there. */
function pick(object: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const name of names) {
    const value = property(object, name);
    if (value !== undefined) {
      setProperty(picked, name, value);
    }
  }
  return picked;
}

function steps(value: JsonValue, segment: Segment, root: JsonValue): JsonValue[] {
  switch (segment.kind) {
    case 'name':
    case 'names':
    case 'index':
      return present(step(value, segment, true));
    case 'indexes':
      return Array.isArray(value) ? segment.indexes.flatMap((index) => present(value.at(index))) : [];
    case 'slice':
      return Array.isArray(value) ? value.slice(segment.from, segment.to) : [];
    case 'wildcard':
      return children(value);
    case 'descend':
      return descendants(value);
    case 'filter': {
      const candidates = Array.isArray(value) ? value : [value];
      // `@` never matches a scalar, as AWS documents.
      return candidates
        .filter((candidate) => typeof candidate === 'object' && candidate !== null)
        .filter((candidate) => passes(segment.test, candidate, root));
    }
  }
}

function present(value: JsonValue | undefined): JsonValue[] {
  return value === undefined ? [] : [value];
}

function children(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) {
    return value;
  }
  return isObject(value) ? Object.values(value) : [];
}

function descendants(value: JsonValue): JsonValue[] {
  return [value, ...children(value).flatMap(descendants)];
}

function passes(test: FilterTest, candidate: JsonValue, root: JsonValue): boolean {
  switch (test.kind) {
    case 'and':
      return test.tests.every((part) => passes(part, candidate, root));
    case 'or':
      return test.tests.some((part) => passes(part, candidate, root));
    case 'not':
      return !passes(test.test, candidate, root);
    case 'exists': {
      const found = operandValue({ path: test.path }, candidate, root);
      return found !== undefined && !(Array.isArray(found) && !test.path.definite && found.length === 0);
    }
    case 'matches': {
      const subject = operandValue(test.left, candidate, root);
      return typeof subject === 'string' && test.pattern.test(subject);
    }
    case 'compare':
      return compare(
        test.operator,
        operandValue(test.left, candidate, root),
        operandValue(test.right, candidate, root),
      );
  }
}

function operandValue(operand: FilterOperand, candidate: JsonValue, root: JsonValue): JsonValue | undefined {
  if ('literal' in operand) {
    return operand.literal;
  }
  return findIn(operand.path, operand.path.text.startsWith('@') ? candidate : root);
}
