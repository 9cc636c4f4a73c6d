import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A letter of `models/build.mjs`, or the index of a shape in the same service. */
export type ShapeReference = 's' | 'n' | 'b' | 'x' | 'd' | number;

/** A structure, a list, a map, or the values of an enumeration. */
export type Shape =
  | Readonly<Record<string, ShapeReference>>
  | readonly [ShapeReference]
  | readonly ['*', ShapeReference]
  | string;

/** What the operations of one service answer. */
export interface ServiceResults {
  readonly id: string;
  readonly operations: Readonly<Record<string, ShapeReference>>;
  readonly shapes: readonly Shape[];
}

const FILE = join(__dirname, '..', '..', '..', 'models', 'api-results.br');

let lines: ReadonlyMap<string, string> | undefined;
const services = new Map<string, ServiceResults>();

/** What a service's operations answer; `undefined` for a service that there is no model of. */
export function resultsOf(id: string): ServiceResults | undefined {
  const known = services.get(id);
  if (known !== undefined) {
    return known;
  }
  lines ??= new Map(
    brotliDecompressSync(readFileSync(FILE))
      .toString()
      .split('\n')
      .map((line): [string, string] => [/"id":"(\w+)"/.exec(line)?.[1] ?? '', line]),
  );
  const line = lines.get(id);
  if (line === undefined) {
    return undefined;
  }
  const results = JSON.parse(line) as ServiceResults;
  services.set(id, results);
  return results;
}
