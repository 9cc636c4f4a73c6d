import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import type { Report } from './report';

/** A variable that a state assigns, and where. */
interface Assignment {
  readonly name: string;
  readonly location: string;
}

/**
 * A variable of an inner scope cannot have the name of one of the scopes around it. Gives the names of both, which the
 * states further inside may not assign.
 *
 * @param outer Names that are assigned in the scopes around this one.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export function checkVariableScope(
  states: JsonObject,
  base: string,
  outer: ReadonlySet<string>,
  report: Report,
): ReadonlySet<string> {
  const names = new Set(outer);
  for (const [stateName, state] of Object.entries(states)) {
    for (const { name, location } of assignmentsOf(state, `${base}/States/${stateName}`)) {
      if (outer.has(name)) {
        report.schema(`The variable '${name}' is assigned in an outer scope already`, location);
      }
      names.add(name);
    }
  }
  return names;
}

function assignmentsOf(state: JsonValue, location: string): Assignment[] {
  if (!isObject(state)) {
    return [];
  }
  return [
    ...assigned(state, location),
    ...listed(state.Choices, `${location}/Choices`),
    ...listed(state.Catch, `${location}/Catch`),
  ];
}

function listed(list: JsonValue | undefined, location: string): Assignment[] {
  return Array.isArray(list) ? list.flatMap((entry, index) => assigned(entry, `${location}[${index}]`)) : [];
}

function assigned(holder: JsonValue, location: string): Assignment[] {
  const fields = isObject(holder) ? holder.Assign : undefined;
  return isObject(fields)
    ? Object.keys(fields).map((key) => ({ name: key.replace(/\.\$$/, ''), location: `${location}/Assign/${key}` }))
    : [];
}
