import type { Lane, Visit } from '../../../wire/types';

/** Which iteration of each Map is looked at, by the visit of the Map. */
export type ChosenLanes = ReadonlyMap<number, number>;

/** What the graph shows: for each state its last visit, in the iterations that are looked at, and the ways that were taken. */
export interface InView {
  readonly visits: ReadonlyMap<string, Visit>;
  /** How often each state was entered there. */
  readonly entered: ReadonlyMap<string, number>;
  /** `from → to` of the ways taken. */
  readonly taken: ReadonlySet<string>;
}

export const way = (from: string, to: string) => `${from}\u0000${to}`;

export function inView(visits: readonly Visit[], chosen: ChosenLanes): InView {
  const view = { visits: new Map<string, Visit>(), entered: new Map<string, number>(), taken: new Set<string>() };
  collect(visits, chosen, view);
  return view;
}

function collect(
  visits: readonly Visit[],
  chosen: ChosenLanes,
  view: { visits: Map<string, Visit>; entered: Map<string, number>; taken: Set<string> },
): void {
  visits.forEach((visit, index) => {
    view.visits.set(visit.state, visit);
    view.entered.set(visit.state, (view.entered.get(visit.state) ?? 0) + 1);
    const before = visits[index - 1];
    if (before !== undefined) {
      view.taken.add(way(before.state, visit.state));
    }
    for (const lane of shownLanes(visit, chosen)) {
      collect(lane.visits, chosen, view);
    }
  });
}

/** All branches of a Parallel; of a Map the iteration that is looked at. */
function shownLanes(visit: Visit, chosen: ChosenLanes): readonly Lane[] {
  const lanes = visit.rounds.at(-1) ?? [];
  if (visit.type !== 'Map') {
    return lanes;
  }
  const lane = laneInView(visit, chosen);
  return lane === undefined ? [] : [lane];
}

/** The chosen iteration; without a choice the one that says most: a failed one, else a running one, else the first. */
export function laneInView(visit: Visit, chosen: ChosenLanes): Lane | undefined {
  const lanes = [...(visit.rounds.at(-1) ?? [])].sort((a, b) => a.index - b.index);
  const wanted = chosen.get(visit.id);
  return (
    lanes.find((lane) => lane.index === wanted) ??
    lanes.find((lane) => lane.status === 'failed') ??
    lanes.find((lane) => lane.status === 'running') ??
    lanes[0]
  );
}
