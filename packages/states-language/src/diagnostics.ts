/** `STANDARD` executions are durable and may wait; `EXPRESS` ones support neither `.sync` nor `.waitForTaskToken`. */
export type StateMachineType = 'STANDARD' | 'EXPRESS';

/**
 * One finding of the validator.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  /** Such as `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`, `INVALID_JSON_DESCRIPTION`. */
  readonly code: string;
  readonly message: string;
  /** A JSON pointer into the definition, such as `/States/Wait/Seconds`; absent where the text is not JSON. */
  readonly location?: string;
}

/** What `ValidateStateMachineDefinition` answers. */
export interface ValidationResult {
  readonly result: 'OK' | 'FAIL';
  readonly diagnostics: readonly Diagnostic[];
  /** `true` when there were more diagnostics than `maxResults`. */
  readonly truncated: boolean;
}

export interface ValidationOptions {
  /** @default 'STANDARD' */
  readonly type?: StateMachineType;
  /** At most this many diagnostics, 0 to 100. @default 100 */
  readonly maxResults?: number;
  /** The least severe diagnostic to return. @default 'ERROR' */
  readonly severity?: 'ERROR' | 'WARNING';
}
