import { whenKnown } from './known';

/** What happens, and what the world is then. */
export interface Move<World> {
  readonly by: string;
  readonly world: World;
}

/** All that can happen, from a first world on. Throws a promise where something has to be waited for, once. */
export interface Model<World> {
  first(): World;
  from(world: World): Move<World>[];
  /** Equal for worlds from which the same can follow. */
  keyOf(world: World): string;
  /** Which promise a move breaks, in words; nothing as a rule. */
  brokenBy(before: World, after: World): string | undefined;
}

export interface Explored {
  readonly worlds: number;
  /** How a promise is broken in the fewest moves, one a line; `undefined` when none is. */
  readonly counterexample: string | undefined;
}

/** How a world came about. */
interface Trace {
  readonly by: string;
  readonly after: Trace | undefined;
}

/** Visits every world that can come about, those of the fewest moves first, until a promise is broken. */
export async function explore<World>(model: Model<World>): Promise<Explored> {
  const first = await whenKnown(() => model.first());
  const seen = new Set([model.keyOf(first)]);
  let frontier: [World, Trace][] = [[first, { by: 'all begins', after: undefined }]];
  while (frontier.length > 0) {
    const next: [World, Trace][] = [];
    for (const [before, after] of frontier) {
      for (const { by, world } of await whenKnown(() => model.from(before))) {
        const broken = model.brokenBy(before, world);
        if (broken !== undefined) {
          return { worlds: seen.size, counterexample: [...tell({ by, after }), broken].join('\n') };
        }
        const key = model.keyOf(world);
        if (!seen.has(key)) {
          seen.add(key);
          next.push([world, { by, after }]);
        }
      }
    }
    frontier = next;
  }
  return { worlds: seen.size, counterexample: undefined };
}

const tell = ({ by, after }: Trace): string[] => [...(after === undefined ? [] : tell(after)), by];
