import { PATTERN_SUFFIX } from '../document/integration-pattern';
import type { QueryLanguage } from '../document/query-language';
import type { StateType } from '../document/state-machine';
import { parseTaskResource, UnknownResourceError } from '../integrations/task-resource';
import { isObject, type JsonObject } from '../values/json';
import { checkChoices } from './choices';
import { checkCatchers, checkRetriers } from './error-handlers';
import { type CheckContext, checkMachine } from './machine';
import { checkReservedVariable } from './reserved-variable';
import {
  EXACTLY_ONE,
  EXCLUSIVE,
  fieldsOf,
  isFieldOfOtherLanguage,
  isStateType,
  REQUIRED,
  STATE_TYPES,
} from './state-fields';

/** Checks one state and whatever is inside it. */
export function checkState(state: JsonObject, location: string, context: CheckContext): void {
  const { report } = context;
  const { Type: type } = state;
  if (type === undefined) {
    report.schema('These fields are required: [Type]', location);
    return;
  }
  if (!isStateType(type)) {
    report.schema(`Value ${JSON.stringify(type)} is not one of [${STATE_TYPES.join(', ')}]`, `${location}/Type`);
    return;
  }
  const language = languageOf(state, location, context);
  checkFields(state, type, location, { ...context, language });
  if (language === 'JSONata') {
    checkReservedVariable(state, type, location, report);
  }
  checkEnd(state, type, location, context);
  checkInside(state, type, location, { ...context, language });
}

function languageOf(
  state: JsonObject,
  location: string,
  { language, report, wholeMachine }: CheckContext,
): QueryLanguage {
  const own = state.QueryLanguage;
  if (own === 'JSONPath' && wholeMachine === 'JSONata') {
    report.schema(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      `${location}/QueryLanguage`,
    );
  }
  return own === 'JSONPath' || own === 'JSONata' ? own : language;
}

function checkFields(state: JsonObject, type: StateType, location: string, { language, report }: CheckContext): void {
  const known = fieldsOf(type, language);
  for (const [field, value] of Object.entries(state)) {
    const check = Object.hasOwn(known, field) ? known[field] : undefined;
    if (check !== undefined) {
      check(value, `${location}/${field}`, report, language);
    } else if (isFieldOfOtherLanguage(type, language, field)) {
      report.schema(`Field is not supported when the QueryLanguage is ${language}`, `${location}/${field}`);
    } else {
      report.unsupported(field, location);
    }
  }
  const missing = (REQUIRED[type] ?? []).filter((field) => state[field] === undefined);
  if (missing.length > 0) {
    report.schema(`These fields are required: [${missing.join(', ')}]`, location);
  }
  for (const group of EXCLUSIVE[type] ?? []) {
    if (group.filter((field) => state[field] !== undefined).length > 1) {
      report.schema(`Only one of these fields is allowed: [${group.join(', ')}]`, location);
    }
  }
  const group = EXACTLY_ONE[type];
  const inLanguage = group?.filter((field) => Object.hasOwn(known, field));
  if (inLanguage !== undefined && inLanguage.filter((field) => state[field] !== undefined).length !== 1) {
    report.schema(`Exactly one of these fields is required: [${inLanguage.join(', ')}]`, location);
  }
}

const TERMINAL: ReadonlySet<StateType> = new Set(['Choice', 'Succeed', 'Fail']);

function checkEnd(state: JsonObject, type: StateType, location: string, { report }: CheckContext): void {
  if (TERMINAL.has(type)) {
    return;
  }
  const ends = state.End === true;
  if (ends === (state.Next !== undefined)) {
    report.schema('Exactly one of these fields is required: [Next, End]', location);
  }
}

function checkInside(state: JsonObject, type: StateType, location: string, context: CheckContext): void {
  checkRetriers(state.Retry, `${location}/Retry`, context);
  checkCatchers(state.Catch, `${location}/Catch`, context);
  if (type === 'Task') {
    checkTask(state, location, context);
  } else if (type === 'Choice') {
    checkChoices(state.Choices, `${location}/Choices`, context);
  } else if (type === 'Parallel') {
    checkBranches(state, location, context);
  } else if (type === 'Map') {
    checkMap(state, location, context);
  }
}

function checkTask(state: JsonObject, location: string, { report, type }: CheckContext): void {
  const { Resource: resource, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout) {
    report.schema(
      `HeartbeatSeconds must be smaller than TimeoutSeconds but is ${heartbeat}, and TimeoutSeconds is ${timeout}`,
      `${location}/HeartbeatSeconds`,
    );
  }
  if (typeof resource !== 'string') {
    return;
  }
  try {
    const { action, pattern } = parseTaskResource(resource);
    if (type === 'EXPRESS' && pattern !== 'REQUEST_RESPONSE') {
      const suffix = PATTERN_SUFFIX[pattern === 'SYNC_2' ? 'SYNC' : pattern];
      report.schema(`Express state machine does not support '${suffix}' service integration`, `${location}/Resource`);
    }
    if (type === 'EXPRESS' && action === 'activity') {
      report.schema('Express state machine does not support activities', `${location}/Resource`);
    }
  } catch (error) {
    if (!(error instanceof UnknownResourceError)) {
      throw error;
    }
    report.schema(error.message, `${location}/Resource`);
  }
}

function checkBranches(state: JsonObject, location: string, context: CheckContext): void {
  const branches = state.Branches;
  if (branches === undefined) {
    return;
  }
  if (!Array.isArray(branches) || branches.length === 0) {
    context.report.schema('Expected a non-empty array of branches', `${location}/Branches`);
    return;
  }
  branches.forEach((branch, index) => {
    const at = `${location}/Branches[${index}]`;
    if (isObject(branch)) {
      checkMachine(branch, at, { ...context, language: context.wholeMachine });
    } else {
      context.report.schema('Expected value of type Object', at);
    }
  });
}

const DISTRIBUTED_ONLY = ['ItemBatcher', 'ItemReader', 'Label', 'ResultWriter'];

function checkMap(state: JsonObject, location: string, context: CheckContext): void {
  const { report } = context;
  const field = state.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = state[field];
  if (!isObject(processor)) {
    if (processor === undefined) {
      report.schema('These fields are required: [ItemProcessor]', location);
    }
    return;
  }
  const config = processor.ProcessorConfig;
  const mode = isObject(config) ? config.Mode : undefined;
  if (mode !== undefined && mode !== 'INLINE' && mode !== 'DISTRIBUTED') {
    report.schema(
      `Value ${JSON.stringify(mode)} is not one of [INLINE, DISTRIBUTED]`,
      `${location}/${field}/ProcessorConfig/Mode`,
    );
  }
  for (const name of DISTRIBUTED_ONLY.filter((candidate) => mode !== 'DISTRIBUTED' && state[candidate] !== undefined)) {
    report.schema(`${name} is supported only when the processor's Mode is DISTRIBUTED`, `${location}/${name}`);
  }
  // The children of a distributed Map are executions of their own.
  const variables = mode === 'DISTRIBUTED' ? new Set<string>() : context.variables;
  checkMachine(processor, `${location}/${field}`, { ...context, language: context.wholeMachine, variables });
}
