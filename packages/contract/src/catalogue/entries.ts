import type { Entry } from './define';
import * as catalogue from './index';

export type CatalogueEntry = (typeof catalogue)[keyof typeof catalogue];

const size = ({ functions }: Entry): number => Object.keys(functions).length;

/** Every entry of the catalogue, in the order in which documents and tools present them: the fewest functions first. */
export const ENTRIES: readonly CatalogueEntry[] = Object.values(catalogue).sort((a, b) => size(a) - size(b));

/** Turns a union of records into one record with the members of all. */
export type Merged<Union> = (Union extends unknown ? (it: Union) => void : never) extends (it: infer All) => void
  ? All
  : never;
