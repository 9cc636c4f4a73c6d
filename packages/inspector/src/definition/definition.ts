/**
 * The parts of an Amazon States Language definition that a reader needs. Nothing is validated: what is read here runs already.
 *
 * @see https://states-language.net/spec.html
 */
export interface StateDefinition {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly ChoiceRule[];
  readonly Catch?: readonly Catcher[];
  readonly Retry?: readonly Retrier[];
  readonly Resource?: string;
  readonly TimeoutSeconds?: number | string;
  readonly HeartbeatSeconds?: number | string;
  readonly Seconds?: number | string;
  readonly Error?: string;
  readonly Cause?: string;
  readonly ItemProcessor?: StatesDefinition;
  /** The older name of `ItemProcessor`. */
  readonly Iterator?: StatesDefinition;
  readonly Branches?: readonly StatesDefinition[];
}

export interface ChoiceRule {
  readonly Next: string;
  readonly Comment?: string;
  /** JSONata. */
  readonly Condition?: string | boolean;
  /** JSONPath: `Variable` and one comparison, or `And`, `Or`, `Not`. */
  readonly Variable?: string;
  readonly [operator: string]: unknown;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
}

export interface StatesDefinition {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
  readonly TimeoutSeconds?: number;
}

/** @throws {SyntaxError} when the text is no definition */
export function parseDefinition(text: string): StatesDefinition {
  const definition: unknown = JSON.parse(text);
  if (!isStatesDefinition(definition)) {
    throw new SyntaxError('no state machine definition: StartAt or States is missing');
  }
  return definition;
}

function isStatesDefinition(value: unknown): value is StatesDefinition {
  return typeof value === 'object' && value !== null && 'StartAt' in value && 'States' in value;
}

/** The state machines inside a Map or Parallel state. */
export function nestedDefinitions(state: StateDefinition): readonly StatesDefinition[] {
  if (state.Branches !== undefined) {
    return state.Branches;
  }
  const processor = state.ItemProcessor ?? state.Iterator;
  return processor === undefined ? [] : [processor];
}

/** Finds a state at any depth. State names are unique in the whole state machine. */
export function findState(definition: StatesDefinition, name: string): StateDefinition | undefined {
  const own = definition.States[name];
  if (own !== undefined) {
    return own;
  }
  for (const state of Object.values(definition.States)) {
    for (const nested of nestedDefinitions(state)) {
      const found = findState(nested, name);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}
