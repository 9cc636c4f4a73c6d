import type { Scope } from '../evaluation';
import { type FieldError, runtimeError } from '../failures';
import type { JsonValue } from '../host';
import { evaluatePath } from './evaluate-path';
import { isDefinite, type Path, type Segment } from './path';

/** What a path finds in the scope. @throws {@link FieldError} `States.Runtime` when its input is `null`, which no path is applied to. */
export function applyPath(path: Path, scope: Scope): JsonValue | undefined {
  if (path.root.kind === 'input' && scope.input === null) {
    throw runtimeError('Unable to apply Path transformation to null or empty input.');
  }
  return evaluatePath(path, scope);
}

/** The failure of a field whose path found nothing, in the words of Jayway JsonPath. */
export function missingPath(path: Path, scope: Scope): FieldError {
  return runtimeError(`Invalid path '${path.text}' : ${explain(path, scope)}`);
}

function explain(path: Path, scope: Scope): string {
  for (const [index, segment] of path.segments.entries()) {
    const isLast = index === path.segments.length - 1;
    if (isLast || !isDefinite(segment)) {
      break;
    }
    const passed = path.segments.slice(0, index + 1);
    if (segment.kind === 'names') {
      return `Multi properties can only be used as path leafs: ${bracketed(passed)}`;
    }
    if (segment.kind === 'name' && isMissing(path, index, scope)) {
      return `Missing property in path ${bracketed(passed)}`;
    }
  }
  return `No results for path: ${bracketed(path.segments)}`;
}

/** Whether there is an object that lacks the property that the segment at `index` names. */
function isMissing(path: Path, index: number, scope: Scope): boolean {
  const upTo = (end: number): JsonValue | undefined =>
    evaluatePath({ ...path, segments: path.segments.slice(0, end) }, scope);
  const holder = upTo(index);
  return typeof holder === 'object' && !Array.isArray(holder) && upTo(index + 1) === undefined;
}

function bracketed(segments: readonly Segment[]): string {
  return `$${segments.map(bracket).join('')}`;
}

function bracket(segment: Segment): string {
  switch (segment.kind) {
    case 'name':
      return `['${segment.name}']`;
    case 'names':
      return `[${segment.names.map((name) => `'${name}'`).join(', ')}]`;
    case 'index':
      return `[${segment.index}]`;
    case 'indexes':
      return `[${segment.indexes.join(',')}]`;
    case 'slice':
      return `[${segment.from ?? ''}:${segment.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'descend':
      return '..';
    case 'filter':
      return '[?]';
  }
}
