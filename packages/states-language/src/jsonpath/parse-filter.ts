import type { JsonValue } from '../values/json';
import { type FilterOperand, type FilterOperator, type FilterTest, type Path, PathSyntaxError } from './path';
import type { TextCursor } from './text-cursor';

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** A text without quotes, as in `?(@.name == Receipt)`: AWS takes it, though Jayway JsonPath would not. */
const WORD = /[^\s()[\],'"=<>!&|]+/y;
const OPERATORS: readonly FilterOperator[] = ['===', '!==', '==', '!=', '<=', '>=', '=~', '<', '>'];
const WORD_OPERATOR = /(?:in|nin|subsetof|anyof|noneof|size|contains|empty)(?=[\s([])/iy;
const KEYWORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads a path inside a filter. Handed in, because paths hold filters and filters hold paths. */
export type ReadPath = (cursor: TextCursor, start: '$' | '@') => Path;

/** Reads the test of `[?(…)]`, up to its closing parenthesis. */
export function parseFilter(cursor: TextCursor, readPath: ReadPath): FilterTest {
  return readChain(cursor, '||', 'or', () => readChain(cursor, '&&', 'and', () => readTest(cursor, readPath)));
}

function readChain(cursor: TextCursor, token: string, kind: 'and' | 'or', readPart: () => FilterTest): FilterTest {
  const tests = [readPart()];
  for (cursor.skipSpace(); cursor.take(token); cursor.skipSpace()) {
    tests.push(readPart());
  }
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : { kind, tests };
}

function readTest(cursor: TextCursor, readPath: ReadPath): FilterTest {
  cursor.skipSpace();
  if (cursor.peek(2) !== '!=' && cursor.take('!')) {
    return { kind: 'not', test: readTest(cursor, readPath) };
  }
  if (cursor.take('(')) {
    const test = parseFilter(cursor, readPath);
    cursor.skipSpace();
    if (!cursor.take(')')) {
      throw new PathSyntaxError(`')' is missing at position ${cursor.position} of path '${cursor.text}'`);
    }
    return test;
  }
  return readComparison(cursor, readPath);
}

function readComparison(cursor: TextCursor, readPath: ReadPath): FilterTest {
  const left = readOperand(cursor, readPath);
  cursor.skipSpace();
  const operator = OPERATORS.find((candidate) => cursor.take(candidate)) ?? readWordOperator(cursor);
  if (operator === undefined) {
    if ('path' in left) {
      return { kind: 'exists', path: left.path };
    }
    throw new PathSyntaxError(`An operator is missing at position ${cursor.position} of path '${cursor.text}'`);
  }
  cursor.skipSpace();
  if (operator === '=~') {
    return { kind: 'matches', left, pattern: readPattern(cursor) };
  }
  return { kind: 'compare', operator, left, right: readOperand(cursor, readPath) };
}

function readWordOperator(cursor: TextCursor): FilterOperator | undefined {
  return cursor.match(WORD_OPERATOR)?.toLowerCase() as FilterOperator | undefined;
}

function readPattern(cursor: TextCursor): RegExp {
  const source = cursor.match(/\/(?:[^/\\]|\\.)*\/i?/y);
  if (source === undefined) {
    throw new PathSyntaxError(`A regular expression is missing at position ${cursor.position} of '${cursor.text}'`);
  }
  const end = source.lastIndexOf('/');
  return new RegExp(`^(?:${source.slice(1, end)})$`, source.slice(end + 1));
}

function readOperand(cursor: TextCursor, readPath: ReadPath): FilterOperand {
  cursor.skipSpace();
  if (cursor.peek() === '@' || cursor.peek() === '$') {
    return { path: readPath(cursor, cursor.peek() === '@' ? '@' : '$') };
  }
  const quoted = cursor.quoted();
  if (quoted !== undefined) {
    return { literal: quoted };
  }
  if (cursor.take('[')) {
    return { literal: readList(cursor, readPath) };
  }
  const word = cursor.match(WORD);
  if (word !== undefined) {
    const keyword = KEYWORDS.get(word);
    return { literal: keyword === undefined ? (NUMBER.test(word) ? Number(word) : word) : keyword };
  }
  throw new PathSyntaxError(`A value is missing at position ${cursor.position} of path '${cursor.text}'`);
}

/** The literals of a list, behind its bracket. */
function readList(cursor: TextCursor, readPath: ReadPath): JsonValue[] {
  const items: JsonValue[] = [];
  cursor.skipSpace();
  if (cursor.take(']')) {
    return items;
  }
  do {
    const item = readOperand(cursor, readPath);
    if ('path' in item) {
      throw new PathSyntaxError(`A list in a filter cannot hold the path '${item.path.text}' in '${cursor.text}'`);
    }
    items.push(item.literal);
    cursor.skipSpace();
  } while (cursor.take(','));
  if (!cursor.take(']')) {
    throw new PathSyntaxError(`']' is missing at position ${cursor.position} of path '${cursor.text}'`);
  }
  return items;
}
