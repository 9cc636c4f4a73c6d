import type { JsonValue } from '@workflows/states-language';
import { exampleValue } from './example-values';
import { segmentsOf } from './paths';
import { child, type Sample, type Segment } from './sample';

/** A change to a sample: what a state is to find in its data. */
export interface Edit {
  readonly data: JsonValue;
  readonly path: readonly Segment[];
  /** `undefined` takes away what is there, `json-text` puts the text of an object. */
  readonly value: JsonValue | undefined | typeof JSON_TEXT;
}

export const JSON_TEXT = Symbol('JSON text');

/** What a state sees. */
export interface Facts {
  /** As it was entered. */
  readonly entered: JsonValue;
  /** Behind `InputPath`. */
  readonly input: JsonValue;
  readonly result: JsonValue | undefined;
  readonly variables: ReadonlyMap<string, JsonValue>;
  /** What the first iteration of a Map works on. */
  readonly item: JsonValue | undefined;
  /** The input of the execution. */
  readonly executionInput: JsonValue;
}

/** @returns whether one of them changed the sample */
export function applyAll(sample: Sample, edits: readonly Edit[]): boolean {
  return edits
    .map(({ data, path, value }) =>
      value === JSON_TEXT ? sample.putJsonText(data, path) : sample.put(data, path, value),
    )
    .includes(true);
}

export function valueAt(data: JsonValue | undefined, path: readonly Segment[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(child, data);
}

/** An example where there is nothing. */
export function fill(data: JsonValue | undefined, path: readonly Segment[], value?: JsonValue): Edit[] {
  if (data === undefined || valueAt(data, path) !== undefined) {
    return [];
  }
  const example = typeof path.at(-1) === 'number' ? {} : exampleValue(lastName(path));
  return [{ data, path, value: value ?? example }];
}

export function lastName(path: readonly Segment[]): string {
  return path.filter((segment) => typeof segment === 'string').at(-1) ?? 'value';
}

/** The data that a path of JSONPath is applied to, and its segments. */
export function resolve(
  path: string,
  facts: Omit<Facts, 'item'>,
): { readonly data: JsonValue | undefined; readonly path: Segment[] } {
  const segments = segmentsOf(path);
  if (path.startsWith('$$')) {
    const isInput = segments[0] === 'Execution' && segments[1] === 'Input';
    return { data: isInput ? facts.executionInput : undefined, path: segments.slice(2) };
  }
  const [, variable = ''] = /^\$(\w*)/.exec(path) ?? [];
  const data = variable === '' ? facts.input : facts.variables.get(variable);
  return { data, path: segments };
}
