import type { JsonValue } from '@workflows/states-language';

/** Where a value comes from: the input of the execution, or the result of a state. */
export type Source = string;

export const INPUT: Source = '';

export type Segment = string | number;

/** JSON text whose value is sampled, too: `States.StringToJson` takes it apart. */
class JsonText {
  constructor(readonly value: Node) {}
}

type Node = null | boolean | number | string | JsonText | Node[] | { [key: string]: Node };

/** Marks objects with their place in a sample, and comes out again in the data that states make of them. */
const PLACE = '__place';

interface Place {
  readonly source: Source;
  readonly path: readonly Segment[];
}

/**
 * The data of one test case: the input and the result of each task. Objects are rendered with a mark, so that a value
 * that a state misses can be put where it has to come from.
 */
export class Sample {
  readonly #roots: Map<Source, Node>;

  constructor(roots: ReadonlyMap<Source, JsonValue> | Sample) {
    // Nodes are never changed in place, so that copies may share them.
    this.#roots = new Map<Source, Node>(roots instanceof Sample ? roots.#roots : roots);
  }

  /** As AWS would answer. */
  plain(source: Source): JsonValue {
    return render(this.#roots.get(source) ?? {});
  }

  /** Lets a source have the data of another one, as it is now. */
  copy(from: Source, to: Source): void {
    this.#roots.set(to, this.#roots.get(from) ?? {});
  }

  /** With marks. */
  marked(source: Source): JsonValue {
    return render(this.#roots.get(source) ?? {}, { source, path: [] });
  }

  /**
   * Puts a value where `path` looks for it in `data`, which is made of marked values; `undefined` takes away what is
   * there.
   *
   * @returns whether that changed the sample
   */
  put(data: JsonValue, path: readonly Segment[], value: JsonValue | undefined): boolean {
    const place = this.#placeOf(data, path);
    if (place === undefined) {
      return false;
    }
    const root = this.#roots.get(place.source) ?? {};
    const before = JSON.stringify(render(root));
    const after = withValue(root, place.path, value);
    this.#roots.set(place.source, after);
    return JSON.stringify(render(after)) !== before;
  }

  /** Turns text into the text of a JSON object. */
  putJsonText(data: JsonValue, path: readonly Segment[]): boolean {
    const place = this.#placeOf(data, path);
    if (place === undefined) {
      return false;
    }
    this.#roots.set(place.source, withValue(this.#roots.get(place.source) ?? {}, place.path, new JsonText({})));
    return true;
  }

  #placeOf(data: JsonValue, path: readonly Segment[]): Place | undefined {
    let found: Place | undefined;
    let value: JsonValue | undefined = data;
    for (const [index, segment] of [...path, undefined].entries()) {
      const mark = markOf(value) ?? markOfElements(value) ?? this.#placeOfScalar(value);
      if (mark !== undefined) {
        found = { source: mark.source, path: [...mark.path, ...path.slice(index)] };
      } else if (isObject(value)) {
        // A state has made this object: what it lacks comes from nowhere.
        found = undefined;
      }
      value = segment === undefined ? undefined : child(value, segment);
    }
    return found;
  }

  /** Scalars carry no mark: the first equal one that is longer than a word by chance. */
  #placeOfScalar(value: JsonValue | undefined): Place | undefined {
    if (typeof value !== 'string' || !value.startsWith('example-')) {
      return undefined;
    }
    for (const [source, root] of this.#roots) {
      const path = pathTo(root, value);
      if (path !== undefined) {
        return { source, path };
      }
    }
    return undefined;
  }
}

export function child(value: JsonValue | undefined, segment: Segment): JsonValue | undefined {
  if (Array.isArray(value)) {
    return typeof segment === 'number' ? value[segment] : undefined;
  }
  return isObject(value) ? value[segment] : undefined;
}

function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function markOf(value: JsonValue | undefined): Place | undefined {
  const text = isObject(value) ? value[PLACE] : undefined;
  return typeof text === 'string' ? (JSON.parse(text) as Place) : undefined;
}

/** An array has no mark of its own, but its elements have. */
function markOfElements(value: JsonValue | undefined): Place | undefined {
  const marks = Array.isArray(value) ? value.map(markOf) : [];
  const mark = marks.find((it) => typeof it?.path.at(-1) === 'number');
  return mark && { source: mark.source, path: mark.path.slice(0, -1) };
}

function render(node: Node, place?: Place): JsonValue {
  const inside = (segment: Segment) => place && { source: place.source, path: [...place.path, segment] };
  if (node instanceof JsonText) {
    return JSON.stringify(render(node.value, place));
  }
  if (Array.isArray(node)) {
    return node.map((element, index) => render(element, inside(index)));
  }
  if (typeof node === 'object' && node !== null) {
    const fields = Object.entries(node).map(([key, value]) => [key, render(value, inside(key))] as const);
    return { ...Object.fromEntries(fields), ...(place === undefined ? {} : { [PLACE]: JSON.stringify(place) }) };
  }
  return node;
}

/** A copy with another value at a place; what is in the way is replaced. */
function withValue(node: Node | undefined, path: readonly Segment[], value: Node | undefined): Node {
  const [segment, ...rest] = path;
  if (segment === undefined) {
    return value ?? null;
  }
  if (node instanceof JsonText) {
    return new JsonText(withValue(node.value, path, value));
  }
  if (typeof segment === 'number') {
    const elements: Node[] = Array.isArray(node) ? [...node] : [];
    if (rest.length === 0 && value === undefined) {
      return elements.slice(0, segment);
    }
    const index = Math.min(segment, elements.length);
    elements[index] = withValue(elements[index], rest, value);
    return elements;
  }
  const fields = typeof node === 'object' && node !== null && !Array.isArray(node) ? { ...node } : {};
  if (rest.length === 0 && value === undefined) {
    delete fields[segment];
  } else {
    fields[segment] = withValue(fields[segment], rest, value);
  }
  return fields;
}

function pathTo(node: Node, wanted: string): Segment[] | undefined {
  if (node instanceof JsonText) {
    return pathTo(node.value, wanted);
  }
  if (node === wanted) {
    return [];
  }
  if (typeof node !== 'object' || node === null) {
    return undefined;
  }
  for (const [key, value] of Object.entries(node)) {
    const path = pathTo(value, wanted);
    if (path !== undefined) {
      return [Array.isArray(node) ? Number(key) : key, ...path];
    }
  }
  return undefined;
}
