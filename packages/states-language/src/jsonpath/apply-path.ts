import type { Scope } from '../evaluation';
import { type FieldError, runtimeError } from '../failures';
import type { JsonValue } from '../values/json';
import { isObject } from '../values/json';
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

const NO_RESULTS = 'No results for path: ';

function explain(path: Path, scope: Scope): string {
  for (const [index, segment] of path.segments.entries()) {
    if (!isDefinite(segment)) {
      break;
    }
    const isLast = index === path.segments.length - 1;
    const passed = path.segments.slice(0, index + 1);
    const holder = valueAt(path, index, scope);
    if (segment.kind !== 'index' && !isObject(holder)) {
      return `Property ${bracket(segment)} not found in path ${bracketed(path.segments.slice(0, index))}`;
    }
    if (segment.kind === 'names' && !isLast) {
      return `Multi properties can only be used as path leafs: ${bracketed(passed)}`;
    }
    const found = valueAt(path, index + 1, scope);
    if (found === undefined) {
      return segment.kind === 'name' && !isLast
        ? `Missing property in path ${bracketed(passed)}`
        : NO_RESULTS + bracketed(path.segments);
    }
  }
  return NO_RESULTS + bracketed(path.segments);
}

/** What the first segments of a path find. */
function valueAt(path: Path, end: number, scope: Scope): JsonValue | undefined {
  return evaluatePath({ ...path, segments: path.segments.slice(0, end) }, scope);
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
