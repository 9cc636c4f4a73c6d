import { readPath } from '../jsonpath/parse-path';
import { type Path, PathSyntaxError } from '../jsonpath/path';
import { TextCursor } from '../jsonpath/text-cursor';
import type { JsonValue } from '../values/json';
import { type IntrinsicName, isIntrinsicName } from './functions';

export type IntrinsicArgument =
  | { readonly literal: JsonValue }
  | { readonly path: Path }
  | { readonly call: IntrinsicCall };

/** One invocation in a payload template, such as `States.MathAdd($.n, 1)`. */
export interface IntrinsicCall {
  readonly name: IntrinsicName;
  readonly args: readonly IntrinsicArgument[];
  readonly text: string;
}

const FUNCTION_NAME = /[A-Za-z_][\w.]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Parses a whole text as an intrinsic invocation. @throws {@link PathSyntaxError} */
export function parseIntrinsic(text: string): IntrinsicCall {
  const cursor = new TextCursor(text);
  const call = readCall(cursor);
  cursor.skipSpace();
  if (!cursor.done) {
    throw new PathSyntaxError(`Unexpected '${cursor.peek()}' at position ${cursor.position} of '${text}'`);
  }
  return call;
}

function readCall(cursor: TextCursor): IntrinsicCall {
  const from = cursor.position;
  const name = cursor.match(FUNCTION_NAME);
  if (name === undefined || !isIntrinsicName(name)) {
    throw new PathSyntaxError(`Unknown intrinsic function '${name ?? cursor.text}'`);
  }
  cursor.skipSpace();
  if (!cursor.take('(')) {
    throw new PathSyntaxError(`'(' is missing after ${name} in '${cursor.text}'`);
  }
  const args: IntrinsicArgument[] = [];
  cursor.skipSpace();
  if (!cursor.take(')')) {
    do {
      args.push(readArgument(cursor, name === 'States.Format' && args.length === 0));
      cursor.skipSpace();
    } while (cursor.take(','));
    if (!cursor.take(')')) {
      throw new PathSyntaxError(`')' is missing at position ${cursor.position} of '${cursor.text}'`);
    }
  }
  return { name, args, text: cursor.text.slice(from, cursor.position) };
}

function readArgument(cursor: TextCursor, isFormat: boolean): IntrinsicArgument {
  cursor.skipSpace();
  if (cursor.peek() === '$') {
    return { path: readPath(cursor, '$') };
  }
  if (cursor.peek() === "'") {
    return { literal: readString(cursor, isFormat) };
  }
  const number = cursor.match(NUMBER);
  if (number !== undefined) {
    return { literal: Number(number) };
  }
  const word = /(?:true|false|null)\b/y;
  const literal = cursor.match(word);
  return literal === undefined ? { call: readCall(cursor) } : { literal: JSON.parse(literal) as JsonValue };
}

/** A format keeps its escapes but for quotes: `States.Format` tells `\{\}` from `{}` itself. */
function readString(cursor: TextCursor, isFormat: boolean): string {
  const source = cursor.match(/'(?:[^'\\]|\\[\s\S])*'/y);
  if (source === undefined) {
    throw new PathSyntaxError(`A closing quote is missing in '${cursor.text}'`);
  }
  return source.slice(1, -1).replace(/\\([\s\S])/g, (sequence, char: string) => {
    if (!"'{}\\".includes(char)) {
      throw new PathSyntaxError(
        `'${sequence}' is no escape sequence; there are \\' \\{ \\} and \\\\ in '${cursor.text}'`,
      );
    }
    return isFormat && char !== "'" ? sequence : char;
  });
}
