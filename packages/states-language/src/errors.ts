import type { Diagnostic } from './diagnostics';

/** Base of what this package throws at its caller. */
export class StatesLanguageError extends Error {
  override readonly name: string = 'StatesLanguageError';
}

/** A definition that cannot run. `message` is what AWS's `InvalidDefinition` error says. */
export class InvalidDefinitionError extends StatesLanguageError {
  override readonly name = 'InvalidDefinitionError';

  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super(message);
  }
}

/** An execution input or task output that is not JSON, or is larger than 262,144 bytes. */
export class InvalidPayloadError extends StatesLanguageError {
  override readonly name = 'InvalidPayloadError';
}

/** A call that the execution's present status does not allow, such as a redrive of a running execution. */
export class ExecutionStateError extends StatesLanguageError {
  override readonly name = 'ExecutionStateError';
}

/** A request of `testState` that AWS refuses with a `ValidationException`. */
export class TestStateError extends StatesLanguageError {
  override readonly name = 'TestStateError';
}
