import type { JsonValue, State } from '@workflows/states-language';
import { type Edit, type Facts, fill, resolve, valueAt } from './edits';
import { expressionSource, referencesIn } from './jsonata';
import { segmentsOf } from './paths';
import type { Segment } from './sample';

interface Place {
  readonly data: JsonValue | undefined;
  readonly path: readonly Segment[];
}

/** Where a Map takes its items from; `undefined` for items that are read or computed. */
function placeOfItems(state: State, facts: Omit<Facts, 'item'>): Place | undefined {
  if (state.Type !== 'Map' || state.ItemReader !== undefined) {
    return undefined;
  }
  if ('Items' in state && state.Items !== undefined) {
    const source = typeof state.Items === 'string' ? expressionSource(state.Items) : '';
    const [reference, ...others] = referencesIn(source, { ...facts, item: undefined });
    return others.length > 0 || !/^\s*\$[\w.]+\s*$/.test(source) ? undefined : reference;
  }
  return resolve('ItemsPath' in state && typeof state.ItemsPath === 'string' ? state.ItemsPath : '$', facts);
}

/** What the first iteration of a Map works on. */
export function firstItem(state: State, facts: Omit<Facts, 'item'>): JsonValue | undefined {
  const place = placeOfItems(state, facts);
  return place && valueAt(place.data, [...place.path, 0]);
}

/** A Map is to have one item at least. */
export function itemsFor(state: State, facts: Facts): Edit[] {
  const { data, path } = placeOfItems(state, facts) ?? {};
  const items = path && valueAt(data, path);
  return data === undefined || path === undefined || (Array.isArray(items) && items.length > 0)
    ? []
    : [{ data, path, value: [{}] }];
}

const ELEMENTS = /"\$\.[^"\\]*\[(?:\*|\?)[^"\\]*"/g;
const EQUALS = /^(.*?)\[\?\(\s*@\.([\w.]+)\s*==\s*['"]?([^'")]+?)\s*['"]?\s*\)\]\.*(.*)$/;

/** A path with a wildcard or a filter misses nothing, and gives nothing, where there are no such elements. */
export function elementsFor(state: State, facts: Facts): Edit[] {
  return (['Parameters', 'ResultSelector'] as const).flatMap((field) => {
    const template = field in state ? (state as unknown as Readonly<Record<string, unknown>>)[field] : undefined;
    const paths = JSON.stringify(template ?? {}).match(ELEMENTS) ?? [];
    return paths.flatMap((quoted): Edit[] => {
      const text = JSON.parse(quoted) as string;
      const [, list, name, wanted, rest = ''] = EQUALS.exec(text) ?? [];
      const { data, path } = resolve(list ?? text, facts);
      const root = field === 'ResultSelector' ? facts.result : data;
      if (name === undefined || wanted === undefined) {
        return fill(root, path);
      }
      return elementWith(root, path, name.split('.'), wanted, segmentsOf(`$.${rest}`));
    });
  });
}

/** Edits that give a list an element whose field has this value, and what is read of that element. */
function elementWith(
  data: JsonValue | undefined,
  list: readonly Segment[],
  field: readonly string[],
  value: string,
  rest: readonly Segment[],
): Edit[] {
  const found = valueAt(data, list);
  const elements = Array.isArray(found) ? found : [];
  const values = elements.map((element) => valueAt(element, field));
  const match = values.findIndex((it) => String(it) === value);
  if (match !== -1) {
    return rest.length === 0 ? [] : fill(data, [...list, match, ...rest]);
  }
  const free = values.findIndex((it) => it === undefined || String(it).startsWith('example-'));
  return data === undefined ? [] : [{ data, path: [...list, free === -1 ? elements.length : free, ...field], value }];
}
