import { Moves } from './moves';
import { Numbering } from './numbering';
import { brokenBy } from './promises';
import type { RememberedTable } from './remembered-table';
import { keyOf, type Scope, type World } from './world';

export interface Explored {
  readonly worlds: number;
  /** How a promise is broken in the fewest steps, one a line; `undefined` when none is. */
  readonly counterexample: string | undefined;
}

/** How a world came about. */
interface Story {
  readonly by: string;
  readonly after: Story | undefined;
}

/**
 * Goes through every order in which the calls of all functions around one task, the life of its execution, its operator
 * and its external service can happen within a scope, breadth first, and looks at every world on the way. An invocation
 * may stand still for as long as it likes, and go on when nobody expects it any more.
 */
export async function explore(table: RememberedTable, scope: Scope): Promise<Explored> {
  const moves = new Moves(table, scope);
  const numbers = new Numbering();
  const first = await moves.first();
  const seen = new Set([keyOf(first, numbers)]);
  let frontier: [World, Story][] = [[first, { by: 'the task is started', after: undefined }]];
  while (frontier.length > 0) {
    const next: [World, Story][] = [];
    for (const [before, after] of frontier) {
      for (const { by, world } of await moves.from(before)) {
        const broken = brokenBy(before, world);
        if (broken !== undefined) {
          return { worlds: seen.size, counterexample: [...tell({ by, after }), broken].join('\n') };
        }
        const key = keyOf(world, numbers);
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

const tell = ({ by, after }: Story): string[] => [...(after === undefined ? [] : tell(after)), by];
