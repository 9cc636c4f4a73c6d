import { STATE_HOLDING_FIELDS } from '../document/walk';
import { InvalidDefinitionError, InvalidPayloadError } from '../errors';
import { parseDefinition } from '../program/parse-definition';
import type { StateMachineProgram } from '../program/program';
import { targetsOf } from '../validation/transitions';
import { isObject, type JsonObject } from '../values/json';

/** What a state by itself is called. */
const ONLY_STATE = 'State';

/** Which state of which definition to take. */
export interface StateSource {
  /** JSON text of one state, or of a state machine. */
  readonly definition: string;
  readonly stateName?: string;
  /** Set when something stands in for the state's task, branches or iterations. */
  readonly mock?: object;
}

/** A state machine of one state, and of ends where it would go on. */
export function isolate(options: StateSource): { name: string; program: StateMachineProgram } {
  const { definition, stateName } = options;
  const fields = parseObject(definition, 'definition') ?? {};
  const states = isObject(fields.States) ? fields.States : undefined;
  const name = stateName ?? ONLY_STATE;
  const state = states === undefined ? fields : states[name];
  if (!isObject(state)) {
    throw new InvalidDefinitionError(`Invalid State Machine Definition: the definition has no state '${name}'`, []);
  }
  const tested = options.mock === undefined ? state : asTask(state);
  const targets = targetsOf(tested).map(({ target }): [string, JsonObject] => [target, { Type: 'Succeed' }]);
  const machine = {
    ...(states !== undefined && fields.QueryLanguage !== undefined ? { QueryLanguage: fields.QueryLanguage } : {}),
    StartAt: name,
    States: { ...Object.fromEntries(targets), [name]: tested },
  };
  return { name, program: parseDefinition(JSON.stringify(machine)) };
}

const NOT_OF_A_TASK = [
  ...STATE_HOLDING_FIELDS,
  'ItemBatcher',
  'ItemReader',
  'Items',
  'ItemSelector',
  'ItemsPath',
  'Label',
  'MaxConcurrency',
  'MaxConcurrencyPath',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

/** A Map or Parallel with a mocked result hands it on as a Task does. */
function asTask(state: JsonObject): JsonObject {
  if (state.Type !== 'Map' && state.Type !== 'Parallel') {
    return state;
  }
  const kept = Object.entries(state).filter(([field]) => !NOT_OF_A_TASK.includes(field));
  return { ...Object.fromEntries(kept), Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
}

/** @throws {@link InvalidPayloadError} */
export function parseObject(text: string | undefined, what: string): JsonObject | undefined {
  if (text === undefined) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidPayloadError(`The ${what} is not valid JSON: ${(error as Error).message}`);
  }
  if (!isObject(value)) {
    throw new InvalidPayloadError(`The ${what} must be a JSON object`);
  }
  return value;
}
