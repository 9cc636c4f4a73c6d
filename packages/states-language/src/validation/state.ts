import type { StateTypeName } from '../history';
import type { QueryLanguage } from '../program/program';
import { parseTaskResource, UnsupportedResourceError } from '../resources';
import { isObject, type JsonObject } from '../values/json';
import { checkChoices } from './choices';
import { checkCatchers, checkRetriers } from './error-handlers';
import { checkMachine, type Surroundings } from './machine';
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
export function checkState(state: JsonObject, location: string, surroundings: Surroundings): void {
  const { report } = surroundings;
  const { Type: type } = state;
  if (type === undefined) {
    report.schema('These fields are required: [Type]', location);
    return;
  }
  if (!isStateType(type)) {
    report.schema(`Value ${JSON.stringify(type)} is not one of [${STATE_TYPES.join(', ')}]`, `${location}/Type`);
    return;
  }
  const language = languageOf(state, location, surroundings);
  checkFields(state, type, location, { ...surroundings, language });
  if (language === 'JSONata') {
    checkReservedVariable(state, type, location, report);
  }
  checkEnd(state, type, location, surroundings);
  checkInside(state, type, location, { ...surroundings, language });
}

function languageOf(
  state: JsonObject,
  location: string,
  { language, report, wholeMachine }: Surroundings,
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

function checkFields(
  state: JsonObject,
  type: StateTypeName,
  location: string,
  { language, report }: Surroundings,
): void {
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

const TERMINAL: ReadonlySet<StateTypeName> = new Set(['Choice', 'Succeed', 'Fail']);

function checkEnd(state: JsonObject, type: StateTypeName, location: string, { report }: Surroundings): void {
  if (TERMINAL.has(type)) {
    return;
  }
  const ends = state.End === true;
  if (ends === (state.Next !== undefined)) {
    report.schema('Exactly one of these fields is required: [Next, End]', location);
  }
}

function checkInside(state: JsonObject, type: StateTypeName, location: string, surroundings: Surroundings): void {
  checkRetriers(state.Retry, `${location}/Retry`, surroundings);
  checkCatchers(state.Catch, `${location}/Catch`, surroundings);
  if (type === 'Task') {
    checkTask(state, location, surroundings);
  } else if (type === 'Choice') {
    checkChoices(state.Choices, `${location}/Choices`, surroundings);
  } else if (type === 'Parallel') {
    checkBranches(state, location, surroundings);
  } else if (type === 'Map') {
    checkMap(state, location, surroundings);
  }
}

function checkTask(state: JsonObject, location: string, { report, type }: Surroundings): void {
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
    const { pattern } = parseTaskResource(resource);
    if (type === 'EXPRESS' && pattern !== 'REQUEST_RESPONSE') {
      const suffix = pattern === 'WAIT_FOR_TASK_TOKEN' ? 'waitForTaskToken' : 'sync';
      report.schema(`Express state machine does not support '.${suffix}' service integration`, `${location}/Resource`);
    }
  } catch (error) {
    if (!(error instanceof UnsupportedResourceError)) {
      throw error;
    }
    report.schema(error.message, `${location}/Resource`);
  }
}

function checkBranches(state: JsonObject, location: string, surroundings: Surroundings): void {
  const branches = state.Branches;
  if (branches === undefined) {
    return;
  }
  if (!Array.isArray(branches) || branches.length === 0) {
    surroundings.report.schema('Expected a non-empty array of branches', `${location}/Branches`);
    return;
  }
  branches.forEach((branch, index) => {
    const at = `${location}/Branches[${index}]`;
    if (isObject(branch)) {
      checkMachine(branch, at, surroundings);
    } else {
      surroundings.report.schema('Expected value of type Object', at);
    }
  });
}

/** Fields that a distributed Map reads from or writes to Amazon S3 with. */
const NOT_IMPLEMENTED = ['ItemReader', 'ResultWriter'];

const DISTRIBUTED_ONLY = ['ItemBatcher', 'Label'];

function checkMap(state: JsonObject, location: string, surroundings: Surroundings): void {
  const { report } = surroundings;
  const field = state.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = state[field];
  for (const name of NOT_IMPLEMENTED.filter((candidate) => state[candidate] !== undefined)) {
    report.schema(
      `${name} of a distributed Map is not implemented: a Map takes its items from its input`,
      `${location}/${name}`,
    );
  }
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
  const variables = mode === 'DISTRIBUTED' ? new Set<string>() : surroundings.variables;
  checkMachine(processor, `${location}/${field}`, { ...surroundings, variables });
}
