import type { JsonValue } from '@workflows/states-language';
import type { Facts } from './edits';
import { segmentsOf } from './paths';
import type { Segment } from './sample';

/** A place in a state's data that an expression reads. */
export interface Reference {
  readonly data: JsonValue | undefined;
  readonly path: readonly Segment[];
  /** The function that it is handed to, such as `$number`. */
  readonly reader: string | undefined;
}

const REFERENCE = /(\$\w+)?(?:\(\s*)?\$(states\.(?:input|result)|\w+)((?:\.\w+|\.`[^`]+`|\[\d+\])*)(?![\w(])/g;

/** The expression inside `{% … %}`. */
export const expressionSource = (text: string): string => /^\{%(.*)%\}$/s.exec(text)?.[1] ?? text;

/** What an expression reads of the state's data, as far as it is written out. */
export function referencesIn(source: string, facts: Facts): Reference[] {
  return [...source.matchAll(REFERENCE)].flatMap(([, reader, root = '', path = '']) => {
    const data =
      root === 'states.input' ? facts.input : root === 'states.result' ? facts.result : facts.variables.get(root);
    return data === undefined ? [] : [{ data, path: segmentsOf(`$${path.replaceAll('`', '')}`), reader }];
  });
}
