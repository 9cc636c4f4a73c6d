import type { Segment } from './sample';

const SEGMENT = /\.([\w-]+)|\.?(?:\[(\d+)\]|\[\*\]|\[\s*'([^']*)'\s*\]|\[\s*"([^"]*)"\s*\])/y;

/**
 * The segments of a path, up to the first that does not name one place. A wildcard stands for the first element.
 *
 * @param path such as `$.a['b'][0]`
 */
export function segmentsOf(path: string): Segment[] {
  const segments: Segment[] = [];
  SEGMENT.lastIndex = /^\$?\$?[\w]*/.exec(path)?.[0].length ?? 0;
  for (let match = SEGMENT.exec(path); match !== null; match = SEGMENT.exec(path)) {
    const [, name, index, single, double] = match;
    const key = name ?? single ?? double;
    segments.push(key ?? Number(index ?? 0));
  }
  return segments;
}
