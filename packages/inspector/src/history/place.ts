import type { Lane, Visit } from './model';

/** A sequence of visits: the execution itself, an iteration or a branch. */
export interface Sequence {
  readonly visits: Visit[];
  /** Absent for the execution itself. */
  readonly inside?: { readonly place: Place; readonly visit: Visit; readonly lane: Lane };
}

/** Where an event happened. */
export interface Place {
  readonly sequence: Sequence;
  readonly visit?: Visit;
}

/** The visit of `place`, then the Map or Parallel state around it, and so on outwards. */
function* outwards(place: Place): Generator<Place & { visit: Visit }> {
  if (place.visit !== undefined) {
    yield { sequence: place.sequence, visit: place.visit };
  }
  const { inside } = place.sequence;
  if (inside !== undefined) {
    yield* outwards(inside.place);
  }
}

/** The innermost visit around `place` that fits. */
export function around(place: Place, fits: (visit: Visit) => boolean): (Place & { visit: Visit }) | undefined {
  for (const found of outwards(place)) {
    if (fits(found.visit)) {
      return found;
    }
  }
  return undefined;
}

/** `Mapper item 3`, `Branch 1`: the lanes around a place, outermost first, counted from 1. */
export function pathOf(place: Place): string[] {
  const { inside } = place.sequence;
  if (inside === undefined) {
    return [];
  }
  const kind = inside.visit.type === 'Parallel' ? 'branch' : 'item';
  return [...pathOf(inside.place), `${inside.visit.state} ${kind} ${inside.lane.index + 1}`];
}
