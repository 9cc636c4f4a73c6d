import { DEFAULT_QUERY_LANGUAGE, type QueryLanguage } from './query-language';
import type { Branch, Definition, State } from './state-machine';

/** The fields of a state that hold other states. */
export const STATE_HOLDING_FIELDS: ReadonlySet<string> = new Set(['Branches', 'ItemProcessor', 'Iterator']);

/** A state, and where in the definition it stands. */
export interface LocatedState {
  readonly name: string;
  readonly state: State;
  /** What its fields are written in. */
  readonly language: QueryLanguage;
  /** As in diagnostics, such as `/States/Fan out/Branches[0]/States/Left`. */
  readonly location: string;
  /** The branch, the processor or the state machine that it is a state of. */
  readonly branch: Branch;
  /** The name of the Parallel or Map state that it is inside of. */
  readonly parent?: string;
  /** Which branch of the Parallel state, from 0. */
  readonly branchIndex?: number;
}

/** What a Parallel or Map state has inside, each with the field that holds it, such as `Branches[0]`. */
export function branchesOf(state: State): readonly (readonly [field: string, branch: Branch])[] {
  if (state.Type === 'Parallel') {
    return state.Branches.map((branch: Branch, index) => [`Branches[${index}]`, branch] as const);
  }
  if (state.Type !== 'Map') {
    return [];
  }
  const field = state.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = state[field];
  return processor === undefined ? [] : [[field, processor]];
}

/** Every state of a valid definition, those inside Parallel and Map states after the one that they are inside of. */
export function* statesOf(definition: Definition): Generator<LocatedState> {
  // Also inside a state that names another: a state that does not say is written in the language of the state machine.
  const language = definition.QueryLanguage ?? DEFAULT_QUERY_LANGUAGE;
  yield* statesIn(definition, language, '', {});
}

function* statesIn(
  branch: Branch,
  language: QueryLanguage,
  location: string,
  place: Pick<LocatedState, 'parent' | 'branchIndex'>,
): Generator<LocatedState> {
  for (const [name, state] of Object.entries<State>(branch.States)) {
    const here = `${location}/States/${name}`;
    yield { name, state, language: state.QueryLanguage ?? language, location: here, branch, ...place };
    for (const [index, [field, inner]] of branchesOf(state).entries()) {
      const inside = state.Type === 'Parallel' ? { parent: name, branchIndex: index } : { parent: name };
      yield* statesIn(inner, language, `${here}/${field}`, inside);
    }
  }
}

/** Finds a state at any depth. Names are unique in the whole definition. */
export function findState(definition: Definition, name: string): State | undefined {
  for (const located of statesOf(definition)) {
    if (located.name === name) {
      return located.state;
    }
  }
  return undefined;
}
