import { PATTERN_SUFFIX } from '../document/integration-pattern';
import type { QueryLanguage } from '../document/query-language';
import type { StateType } from '../document/state-machine';
import { parseTaskResource, type TaskResource, UnknownResourceError } from '../integrations/task-resource';
import { isObject, type JsonObject } from '../values/json';
import { checkChoices } from './choices';
import { checkCatchers, checkRetriers } from './error-handlers';
import { nonEmptyArray, string } from './fields';
import { type CheckContext, checkMachine } from './machine';
import { processorConfig } from './map-data';
import { checkLabel, checkStateName } from './names';
import { checkReservedVariable } from './reserved-variable';
import { checkShape, object, type Shape } from './shape';
import { isStateType, STATE_SHAPES, STATE_TYPES } from './state-fields';

/** Checks one state and whatever is inside it. */
export function checkState(name: string, state: JsonObject, location: string, context: CheckContext): void {
  const { report } = context;
  checkStateName(name, location, context);
  const { Type: type } = state;
  if (type === undefined) {
    report.required(['Type'], location);
    return;
  }
  if (!isStateType(type)) {
    report.schema(`The field 'Type' should have one of these values: [${STATE_TYPES.join(', ')}]`, `${location}/Type`);
    return;
  }
  const language = languageOf(state, context);
  const inside = { ...context, language };
  const downgraded = language === 'JSONPath' && context.wholeMachine === 'JSONata';
  if (downgraded) {
    report.schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", location);
  }
  checkShape(state, STATE_SHAPES[type], location, report, language, downgraded ? 'ignore' : 'refuse');
  if (language === 'JSONata') {
    checkReservedVariable(state, type, location, report);
  }
  checkEnd(state, type, location, context);
  checkInside(state, type, location, inside);
}

/**
 * Only the exact text `JSONPath` means it; anything else that stands there is taken as JSONata, and refused for itself
 * (measured on AWS: https://github.com/floci-io/floci/pull/2972).
 */
function languageOf({ QueryLanguage: own }: JsonObject, { language }: CheckContext): QueryLanguage {
  if (own === undefined) {
    return language;
  }
  return own === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

const TERMINAL: ReadonlySet<StateType> = new Set(['Choice', 'Succeed', 'Fail']);

function checkEnd(state: JsonObject, type: StateType, location: string, { report }: CheckContext): void {
  if (TERMINAL.has(type)) {
    return;
  }
  const ends = state.End === true;
  const goesOn = state.Next !== undefined;
  if (ends && goesOn) {
    report.schema('There should only be one of the following fields: [Next, End]', location);
  } else if (!ends && !goesOn) {
    report.schema('This object should have only one of the following fields: [Next, End]', location);
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

function checkTask(state: JsonObject, location: string, context: CheckContext): void {
  const { report } = context;
  const { Resource: arn, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof heartbeat === 'number' && typeof timeout === 'number' && heartbeat >= timeout) {
    report.schema(
      `HeartbeatSeconds must be smaller than TimeoutSeconds but is ${heartbeat}, and TimeoutSeconds is ${timeout}`,
      `${location}/HeartbeatSeconds`,
    );
  }
  if (typeof arn !== 'string') {
    return;
  }
  let resource: TaskResource;
  try {
    resource = parseTaskResource(arn);
  } catch (error) {
    if (!(error instanceof UnknownResourceError)) {
      throw error;
    }
    report.schema(error.message, `${location}/Resource`);
    return;
  }
  checkResourceOfType(resource, state, location, context);
}

function checkResourceOfType(
  { action, pattern, service }: TaskResource,
  state: JsonObject,
  location: string,
  { report, type }: CheckContext,
): void {
  const isActivity = service === 'states' && action === 'activity';
  if (type === 'EXPRESS' && pattern !== 'REQUEST_RESPONSE') {
    const suffix = PATTERN_SUFFIX[pattern === 'SYNC_2' ? 'SYNC' : pattern];
    report.schema(`Express state machine does not support '${suffix}' service integration`, `${location}/Resource`);
  }
  if (type === 'EXPRESS' && isActivity) {
    report.schema('Express state machine does not support Activity ARN', `${location}/Resource`);
  }
  if (isActivity && state.Credentials !== undefined) {
    report.schema("The field 'Credentials' is not supported for activities", `${location}/Credentials`);
  }
}

/** What states with a start may hold beside them: no `QueryLanguage`, for they are no state. */
const BRANCH: Shape = { fields: { Comment: string, StartAt: () => undefined, States: () => undefined } };
const PROCESSOR: Shape = { fields: { ...BRANCH.fields, ProcessorConfig: processorConfig } };

function checkBranches(state: JsonObject, location: string, context: CheckContext): void {
  if (state.Branches === undefined) {
    return;
  }
  const { report, language } = context;
  nonEmptyArray(object(BRANCH))(state.Branches, `${location}/Branches`, report, language);
  for (const [index, branch] of (Array.isArray(state.Branches) ? state.Branches : []).entries()) {
    if (isObject(branch)) {
      checkMachine(branch, `${location}/Branches[${index}]`, { ...context, language: context.wholeMachine });
    }
  }
}

function checkMap(state: JsonObject, location: string, context: CheckContext): void {
  const { language, report, type } = context;
  checkLabel(state.Label, location, context);
  const field = state.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = state[field];
  const at = `${location}/${field}`;
  if (processor === undefined) {
    return;
  }
  object(PROCESSOR)(processor, at, report, language);
  if (!isObject(processor)) {
    return;
  }
  const config = processor.ProcessorConfig;
  const distributed = isObject(config) && config.Mode === 'DISTRIBUTED';
  if (distributed && type === 'EXPRESS') {
    report.schema(
      "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
      `${at}/ProcessorConfig/Mode`,
    );
  }
  // The children of a distributed Map are executions of their own.
  const variables = distributed ? new Set<string>() : context.variables;
  checkMachine(processor, at, { ...context, language: context.wholeMachine, variables });
}
