import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';

export interface Target {
  readonly target: string;
  /** Where in the state the target is named, such as `Catch[0]/Next`. */
  readonly field: string;
}

/** Every state that a state may go on to. */
export function targetsOf(state: JsonObject): Target[] {
  return [
    ...target(state.Next, 'Next'),
    ...target(state.Default, 'Default'),
    ...listed(state.Choices, 'Choices'),
    ...listed(state.Catch, 'Catch'),
  ];
}

function listed(list: JsonValue | undefined, field: string): Target[] {
  return Array.isArray(list)
    ? list.flatMap((entry, index) => (isObject(entry) ? target(entry.Next, `${field}[${index}]/Next`) : []))
    : [];
}

function target(name: JsonValue | undefined, field: string): Target[] {
  return typeof name === 'string' ? [{ target: name, field }] : [];
}
