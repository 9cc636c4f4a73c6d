import type { ValidationOptions, ValidationResult } from './diagnostics';

/**
 * Checks a definition without compiling it, as `ValidateStateMachineDefinition` does. Never throws.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
export function validateDefinition(_definitionJson: string, _options: ValidationOptions = {}): ValidationResult {
  throw new Error('not built yet');
}
