import { parseFilter } from './parse-filter';
import { isDefinite, type Path, PathSyntaxError, type Segment } from './path';
import { TextCursor } from './text-cursor';

const VARIABLE = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
/** A function such as `length()` is no more than a name: AWS calls none. */
const NAME = /[^.[\]()\s,'"=<>!&|*?]+(?:\(\))?/uy;
const INTEGER = /-?\d+/y;

/** Parses a whole text as a path. Blanks behind it are no part of it. @throws {@link PathSyntaxError} */
export function parsePath(text: string): Path {
  const cursor = new TextCursor(text);
  const path = readPath(cursor, '$');
  cursor.skipSpace();
  if (!cursor.done) {
    throw new PathSyntaxError(`Unexpected '${cursor.peek()}' at position ${cursor.position} of path '${text}'`);
  }
  return path;
}

/** Reads a path that starts with `$`, or inside a filter with `@`. */
export function readPath(cursor: TextCursor, start: '$' | '@'): Path {
  const from = cursor.position;
  if (!cursor.take(start)) {
    throw new PathSyntaxError(`A path must begin with '${start}': '${cursor.text}'`);
  }
  const root = start === '$' ? readRoot(cursor) : ({ kind: 'input' } as const);
  const segments: Segment[] = [];
  for (let more = readSegments(cursor); more.length > 0; more = readSegments(cursor)) {
    segments.push(...more);
  }
  const text = cursor.text.slice(from, cursor.position);
  return { text, root, segments, definite: segments.every(isDefinite) };
}

function readRoot(cursor: TextCursor): Path['root'] {
  if (cursor.take('$')) {
    return { kind: 'context' };
  }
  const name = cursor.match(VARIABLE);
  return name === undefined ? { kind: 'input' } : { kind: 'variable', name };
}

function readSegments(cursor: TextCursor): Segment[] {
  if (cursor.take('..')) {
    const next = cursor.peek() === '[' ? readBracket(cursor) : readDotName(cursor);
    return [{ kind: 'descend' }, next];
  }
  if (cursor.take('.')) {
    return [cursor.peek() === '[' ? readBracket(cursor) : readDotName(cursor)];
  }
  return cursor.peek() === '[' ? [readBracket(cursor)] : [];
}

function readDotName(cursor: TextCursor): Segment {
  if (cursor.take('*')) {
    return { kind: 'wildcard' };
  }
  const name = cursor.match(NAME);
  if (name === undefined) {
    throw new PathSyntaxError(`A name is missing at position ${cursor.position} of path '${cursor.text}'`);
  }
  return { kind: 'name', name };
}

function readBracket(cursor: TextCursor): Segment {
  cursor.take('[');
  cursor.skipSpace();
  const segment = readBracketContent(cursor);
  cursor.skipSpace();
  if (!cursor.take(']')) {
    throw new PathSyntaxError(`']' is missing at position ${cursor.position} of path '${cursor.text}'`);
  }
  return segment;
}

function readBracketContent(cursor: TextCursor): Segment {
  if (cursor.take('*')) {
    return { kind: 'wildcard' };
  }
  if (cursor.take('?')) {
    cursor.skipSpace();
    if (!cursor.take('(')) {
      throw new PathSyntaxError(`'(' is missing after '?' in path '${cursor.text}'`);
    }
    const test = parseFilter(cursor, readPath);
    cursor.skipSpace();
    if (!cursor.take(')')) {
      throw new PathSyntaxError(`')' is missing at position ${cursor.position} of path '${cursor.text}'`);
    }
    return { kind: 'filter', test };
  }
  return cursor.peek() === "'" || cursor.peek() === '"' ? readNames(cursor) : readIndexes(cursor);
}

function readNames(cursor: TextCursor): Segment {
  const names: string[] = [];
  do {
    cursor.skipSpace();
    const name = cursor.quoted();
    if (name === undefined) {
      throw new PathSyntaxError(`A quoted name is missing at position ${cursor.position} of path '${cursor.text}'`);
    }
    names.push(name);
    cursor.skipSpace();
  } while (cursor.take(','));
  const [only] = names;
  return names.length === 1 && only !== undefined ? { kind: 'name', name: only } : { kind: 'names', names };
}

function readIndexes(cursor: TextCursor): Segment {
  const first = readInteger(cursor);
  cursor.skipSpace();
  if (cursor.take(':')) {
    cursor.skipSpace();
    return { kind: 'slice', from: first, to: readInteger(cursor) };
  }
  if (first === undefined) {
    throw new PathSyntaxError(`An index is missing at position ${cursor.position} of path '${cursor.text}'`);
  }
  const indexes = [first];
  while (cursor.take(',')) {
    cursor.skipSpace();
    const next = readInteger(cursor);
    if (next === undefined) {
      throw new PathSyntaxError(`An index is missing at position ${cursor.position} of path '${cursor.text}'`);
    }
    indexes.push(next);
    cursor.skipSpace();
  }
  return indexes.length === 1 ? { kind: 'index', index: first } : { kind: 'indexes', indexes };
}

function readInteger(cursor: TextCursor): number | undefined {
  const digits = cursor.match(INTEGER);
  return digits === undefined ? undefined : Number(digits);
}
