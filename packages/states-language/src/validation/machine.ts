import type { StateMachineType } from '../diagnostics';
import type { QueryLanguage } from '../document/query-language';
import type { JsonValue } from '../values/json';
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
  /** Names of states, and labels of Map states, seen so far: each is unique in the whole definition. */
  readonly names: Set<string>;
  readonly labels: Set<string>;
  /** Variables that are assigned in the scopes around. */
  readonly variables: ReadonlySet<string>;
  /** Checks one state. Handed in, because states hold machines and machines hold states. */
  readonly checkState: (name: string, state: JsonObject, location: string, context: CheckContext) => void;
}

/** Checks `StartAt`, `States` and the transitions of a state machine, a branch or a processor. */
export function checkMachine(fields: JsonObject, location: string, context: CheckContext): void {
  const { report } = context;
  report.required(
    ['StartAt', 'States'].filter((field) => fields[field] === undefined),
    location,
  );
  const { StartAt: start, States: states } = fields;
  const base = location === '/' ? '' : location;
  if (states === undefined) {
    return;
  }
  if (!isObject(states)) {
    report.schema('Expected value of type [OBJECT]', `${base}/States`);
    return;
  }
  if (Object.keys(states).length === 0) {
    report.schema('Value cannot be empty', `${base}/States`);
    return;
  }
  const variables = checkVariableScope(states, base, context.variables, report);
  for (const [name, state] of Object.entries(states)) {
    const at = `${base}/States/${name}`;
    if (isObject(state)) {
      context.checkState(name, state, at, { ...context, variables });
    } else {
      report.schema('Expected value of type [OBJECT]', at);
    }
  }
  checkTransitions(start, states, base, report);
}

/** Whether a state ends what it is in: only the whole state machine must have one that does. */
function isTerminal(state: JsonValue): boolean {
  return isObject(state) && (state.End === true || state.Type === 'Succeed' || state.Type === 'Fail');
}

function checkTransitions(start: JsonValue | undefined, states: JsonObject, base: string, report: Report): void {
  if (start !== undefined && typeof start !== 'string') {
    report.schema('Expected value of type [STRING]', `${base}/StartAt`);
    return;
  }
  if (start !== undefined && !Object.hasOwn(states, start)) {
    report.error('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${start}`, `${base}/StartAt`);
  }
  for (const [name, state] of Object.entries(states)) {
    checkTargets(state, states, `${base}/States/${name}`, report);
  }
  // Measured on AWS (https://github.com/floci-io/floci/pull/2786): only at the top level, and instead of unreachable states.
  if (base === '' && !Object.values(states).some(isTerminal)) {
    report.error('MISSING_END_STATE', 'Workflow has no terminal state');
  } else if (start !== undefined) {
    checkReachable(start, states, base, report);
  }
}

/** As on AWS, what another state leads to counts as reachable, wherever that state is reached from. */
function checkReachable(start: string, states: JsonObject, base: string, report: Report): void {
  const targets = new Set(
    Object.entries(states).flatMap(([name, state]) =>
      (isObject(state) ? targetsOf(state) : []).map(({ target }) => target).filter((target) => target !== name),
    ),
  );
  for (const name of Object.keys(states).filter((it) => it !== start && !targets.has(it))) {
    report.error('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, `${base}/States/${name}`);
  }
}

function checkTargets(state: JsonValue, states: JsonObject, location: string, report: Report): void {
  for (const { target, field } of isObject(state) ? targetsOf(state) : []) {
    if (!Object.hasOwn(states, target)) {
      report.error('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, `${location}/${field}`);
    }
  }
}
