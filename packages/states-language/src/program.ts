import type { StateMachineType } from './diagnostics';

/** A definition, validated and compiled once, to be shared by every execution of the state machine. Immutable. */
export interface StateMachineProgram {
  readonly type: StateMachineType;
  readonly startAt: string;
  readonly timeoutSeconds?: number;
  /** The definition's text as it was given. */
  readonly definition: string;
}

/**
 * Validates and compiles a definition.
 *
 * @param definitionJson JSON text of at most 1 MB.
 * @throws {@link InvalidDefinitionError} with AWS's message, such as
 * `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: … at /States/X'`; also for features that are
 * not implemented, naming the state and the feature.
 */
export function parseDefinition(
  _definitionJson: string,
  _options: { type?: StateMachineType } = {},
): StateMachineProgram {
  throw new Error('not built yet');
}
