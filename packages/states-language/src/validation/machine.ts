import type { StateMachineType } from '../diagnostics';
import type { QueryLanguage } from '../document/query-language';
import type { JsonValue } from '../host';
import { MAX_STATE_NAME_LENGTH } from '../limits';
import { isObject, type JsonObject } from '../values/json';
import type { Report } from './report';
import { targetsOf } from './transitions';
import { checkVariableScope } from './variables';

/** What the checks of a state have to know of where it stands. */
export interface CheckContext {
  readonly type: StateMachineType;
  /** What a state without `QueryLanguage` is written in. */
  readonly language: QueryLanguage;
  /** The language of the whole state machine. */
  readonly wholeMachine: QueryLanguage;
  readonly report: Report;
  /** Where each state name was seen: names are unique in the whole definition. */
  readonly names: Map<string, string>;
  /** Variables that are assigned in the scopes around. */
  readonly variables: ReadonlySet<string>;
  /** Checks one state. Handed in, because states hold machines and machines hold states. */
  readonly checkState: (state: JsonObject, location: string, context: CheckContext) => void;
}

/** Checks `StartAt`, `States` and the transitions of a state machine, a branch or a processor. */
export function checkMachine(fields: JsonObject, location: string, context: CheckContext): void {
  const { report } = context;
  const missing = ['StartAt', 'States'].filter((field) => fields[field] === undefined);
  if (missing.length > 0) {
    report.schema(`These fields are required: [${missing.join(', ')}]`, location);
  }
  const { StartAt: start, States: states } = fields;
  const base = location === '/' ? '' : location;
  if (states === undefined) {
    return;
  }
  if (!isObject(states) || Object.keys(states).length === 0) {
    report.schema('Expected a non-empty object of state name to state', `${base}/States`);
    return;
  }
  const variables = checkVariableScope(states, base, context.variables, report);
  for (const [name, state] of Object.entries(states)) {
    const at = `${base}/States/${name}`;
    checkName(name, at, context);
    if (isObject(state)) {
      context.checkState(state, at, { ...context, variables });
    } else {
      report.schema('Expected value of type Object', at);
    }
  }
  checkTransitions(start, states, base, report);
}

function checkName(name: string, location: string, { names, report }: CheckContext): void {
  if (name.length === 0 || name.length > MAX_STATE_NAME_LENGTH) {
    report.schema(`A state name must have 1 to ${MAX_STATE_NAME_LENGTH} characters but has ${name.length}`, location);
  }
  if (names.has(name)) {
    report.error('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, location);
  }
  names.set(name, location);
}

function checkTransitions(start: unknown, states: JsonObject, base: string, report: Report): void {
  if (start !== undefined && typeof start !== 'string') {
    report.schema('Expected value of type String', `${base}/StartAt`);
    return;
  }
  if (start !== undefined && !Object.hasOwn(states, start)) {
    report.error('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${start}`, `${base}/StartAt`);
  }
  // As on AWS, what another state leads to counts as reachable, wherever that state is reached from.
  const targets = new Set(
    Object.values(states)
      .flatMap((state) => (isObject(state) ? targetsOf(state) : []))
      .map(({ target }) => target),
  );
  for (const [name, state] of Object.entries(states)) {
    const location = `${base}/States/${name}`;
    checkTargets(state, states, location, report);
    if (start !== undefined && name !== start && !targets.has(name)) {
      report.error('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, location);
    }
  }
}

function checkTargets(state: JsonValue, states: JsonObject, location: string, report: Report): void {
  for (const { target, field } of isObject(state) ? targetsOf(state) : []) {
    if (!Object.hasOwn(states, target)) {
      const key = field.slice(field.lastIndexOf('/') + 1);
      report.error('MISSING_TRANSITION_TARGET', `Missing '${key}' target: ${target}`, `${location}/${field}`);
    }
  }
}
