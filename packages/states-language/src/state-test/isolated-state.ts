import { STATE_HOLDING_FIELDS } from '../document/walk';
import { TestStateError } from '../errors';
import { parseDefinition } from '../program/parse-definition';
import type { Machine, State } from '../program/program';
import { targetsOf } from '../validation/transitions';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';

/** What AWS calls a state whose name is not given. */
const ONLY_STATE = 'StateName';

/** One state of a valid definition. */
export interface IsolatedState {
  readonly state: State;
  /** The state as the definition has it. */
  readonly fields: JsonObject;
  /** Whether it is run once for each item of a Map. */
  readonly isIterated: boolean;
}

/**
 * Finds the state to test.
 *
 * @throws {@link InvalidDefinitionError} for a definition that is not valid, {@link TestStateError} without the state.
 */
export function isolate(definition: string, stateName: string | undefined): IsolatedState {
  const name = stateName ?? ONLY_STATE;
  const text = stateName === undefined ? asMachine(definition) : definition;
  const { machine } = parseDefinition(text);
  const found = find(machine, name, false);
  const fields = fieldsOf(JSON.parse(text) as JsonValue, name);
  if (found === undefined || fields === undefined) {
    throw new TestStateError('State not found in definition');
  }
  return { ...found, fields };
}

/** A state machine of one state, and of ends where it would go on. What is no JSON object is left as it is. */
function asMachine(definition: string): string {
  let state: unknown;
  try {
    state = JSON.parse(definition);
  } catch {
    return definition;
  }
  if (!isObject(state)) {
    return definition;
  }
  const targets = targetsOf(state).map(({ target }): [string, JsonObject] => [target, { Type: 'Succeed' }]);
  return JSON.stringify({ StartAt: ONLY_STATE, States: { ...Object.fromEntries(targets), [ONLY_STATE]: state } });
}

function find(machine: Machine, name: string, isIterated: boolean): { state: State; isIterated: boolean } | undefined {
  const here = machine.states.get(name);
  if (here !== undefined) {
    return { state: here, isIterated };
  }
  for (const state of machine.states.values()) {
    const inner = state.type === 'Map' ? [state.processor] : state.type === 'Parallel' ? state.branches : [];
    for (const branch of inner) {
      const found = find(branch, name, isIterated || state.type === 'Map');
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

/** The fields of the state of this name, at any depth. */
export function fieldsOf(branch: JsonValue | undefined, name: string): JsonObject | undefined {
  if (Array.isArray(branch)) {
    return branch.map((it) => fieldsOf(it, name)).find((it) => it !== undefined);
  }
  if (!isObject(branch) || !isObject(branch.States)) {
    return undefined;
  }
  const here = Object.hasOwn(branch.States, name) ? branch.States[name] : undefined;
  return isObject(here) ? here : fieldsInside(Object.values(branch.States), name);
}

function fieldsInside(states: readonly JsonValue[], name: string): JsonObject | undefined {
  return states
    .filter(isObject)
    .flatMap((state) => [...STATE_HOLDING_FIELDS].map((field) => fieldsOf(state[field], name)))
    .find((it) => it !== undefined);
}
