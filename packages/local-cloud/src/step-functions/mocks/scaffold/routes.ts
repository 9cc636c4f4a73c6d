import { type Branch, branchesOf, type Definition, type State } from '@workflows/states-language';

/** Which way an execution is to go. */
export interface Route {
  /** Where each Choice state is to go, by its name. */
  readonly choices: ReadonlyMap<string, string>;
  /** States whose catcher has to lead to another one, with its name. */
  readonly caught: ReadonlyMap<string, string>;
}

/** Further than any way out. */
const FAR = 1_000_000;

/** How every Choice state gets to a successful end in the fewest steps. */
export function shortestRoute(definition: Branch): Route {
  const choices = new Map<string, string>();
  for (const branch of allBranches(definition)) {
    const distances = distancesTo(branch, false, (state) => (endsWell(state) ? 0 : endsBadly(state) ? FAR : undefined));
    for (const [name, state] of Object.entries<State>(branch.States)) {
      const next = state.Type === 'Choice' ? nearest(successors(state), distances) : undefined;
      if (next !== undefined) {
        choices.set(name, next);
      }
    }
  }
  return { choices, caught: new Map() };
}

/** The shortest way from the start to a state; `undefined` where none leads there. */
export function routeTo(definition: Definition, target: string): Route | undefined {
  const choices = new Map<string, string>();
  const caught = new Map<string, string>();
  return lead(definition, target, choices, caught) ? { choices, caught } : undefined;
}

function lead(branch: Branch, target: string, choices: Map<string, string>, caught: Map<string, string>): boolean {
  const [holder] =
    Object.entries<State>(branch.States).find(
      ([name, state]) => name === target || branchesOf(state).some(([, inner]) => lead(inner, target, choices, caught)),
    ) ?? [];
  if (holder === undefined) {
    return false;
  }
  const own = (_: State, name: string) => (name === holder ? 0 : undefined);
  const distances = distancesTo(branch, true, own);
  for (let name = branch.StartAt; name !== holder; ) {
    const state = branch.States[name];
    const next = state && nearest([...successors(state), ...handlers(state)], distances);
    if (state === undefined || next === undefined) {
      return false;
    }
    if (state.Type === 'Choice') {
      choices.set(name, next);
    } else if (!successors(state).includes(next)) {
      caught.set(name, next);
    }
    name = next;
  }
  return true;
}

function* allBranches(branch: Branch): Generator<Branch> {
  yield branch;
  for (const state of Object.values<State>(branch.States)) {
    for (const [, inner] of branchesOf(state)) {
      yield* allBranches(inner);
    }
  }
}

type Distances = ReadonlyMap<string, number>;

/** Steps from each state to one that has a distance of its own. A way by a catcher is taken where there is no other. */
function distancesTo(
  { States }: Branch,
  byCatchers: boolean,
  own: (state: State, name: string) => number | undefined,
): Distances {
  const distances = new Map<string, number>();
  const far = (next: string) => distances.get(next) ?? Number.POSITIVE_INFINITY;
  const states = Object.entries<State>(States);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, state] of states) {
      const steps = successors(state).map((next) => far(next) + 1);
      const caught = byCatchers ? handlers(state).map((next) => far(next) + FAR) : [];
      const distance = own(state, name) ?? Math.min(...steps, ...caught);
      if (distance < far(name)) {
        distances.set(name, distance);
        changed = true;
      }
    }
  }
  return distances;
}

function nearest(names: readonly string[], distances: Distances): string | undefined {
  const known = names.filter((name) => distances.has(name));
  return known.sort((one, other) => (distances.get(one) ?? 0) - (distances.get(other) ?? 0))[0];
}

function successors(state: State): string[] {
  if (state.Type === 'Choice') {
    return [...state.Choices.map(({ Next }) => Next), ...(state.Default === undefined ? [] : [state.Default])];
  }
  return 'Next' in state && state.Next !== undefined ? [state.Next] : [];
}

const handlers = (state: State): string[] => ('Catch' in state ? (state.Catch ?? []).map(({ Next }) => Next) : []);
const endsWell = (state: State): boolean => state.Type === 'Succeed' || ('End' in state && state.End === true);
const endsBadly = (state: State): boolean => state.Type === 'Fail';
