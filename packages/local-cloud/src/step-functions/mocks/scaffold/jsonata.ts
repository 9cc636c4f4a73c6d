import type { JsonValue } from '@workflows/states-language';
import { type Facts, valueAt } from './edits';
import { parsedText } from './json-text';
import { segmentsOf } from './paths';
import type { Segment } from './sample';

/** A place in a state's data that an expression reads. */
export interface Reference {
  readonly data: JsonValue | undefined;
  readonly path: readonly Segment[];
  /** The function that it is handed to, such as `$number`. */
  readonly reader: string | undefined;
}

const REFERENCE =
  /(\$\w+)?(?:\(\s*)?\$(states\.(?:input|result|context\.Execution\.Input|context\.Map\.Item\.Value)|\w+)((?:\.\w+|\.`[^`]+`|\[\d+\])*)(?![\w(])(?:\)((?:\.\w+)+))?/g;

/** The expression inside `{% … %}`. */
export const expressionSource = (text: string): string => /^\{%(.*)%\}$/s.exec(text)?.[1] ?? text;

/** What an expression reads of the state's data, as far as it is written out. */
export function referencesIn(source: string, facts: Facts): Reference[] {
  return [...source.matchAll(REFERENCE)].flatMap(([, reader, root = '', path = '', behind = '']) => {
    const data = rootOf(root, facts);
    const reference = { data, path: throughArrays(data, segmentsOf(`$${path.replaceAll('`', '')}`)), reader };
    if (reader !== '$parse' || behind === '' || parsedText(valueAt(data, reference.path)) === undefined) {
      return [reference];
    }
    return [reference, { data, path: [...reference.path, ...segmentsOf(`$${behind}`)], reader: undefined }];
  });
}

function rootOf(name: string, facts: Facts): JsonValue | undefined {
  switch (name) {
    case 'states.input':
      return facts.input;
    case 'states.result':
      return facts.result;
    case 'states.context.Execution.Input':
      return facts.executionInput;
    case 'states.context.Map.Item.Value':
      return facts.item;
    default:
      return facts.variables.get(name);
  }
}

/** JSONata looks for a field in every element of an array; here, in the first. */
function throughArrays(data: JsonValue | undefined, path: readonly Segment[]): Segment[] {
  const through: Segment[] = [];
  for (const segment of path) {
    if (typeof segment === 'string' && Array.isArray(valueAt(data, through))) {
      through.push(0);
    }
    through.push(segment);
  }
  return through;
}
