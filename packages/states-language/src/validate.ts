import type { ValidationOptions, ValidationResult } from './diagnostics';
import { diagnose } from './validation/diagnose';

const MAX_RESULTS = 100;

/**
 * Checks a definition without compiling it, as `ValidateStateMachineDefinition` does. Never throws.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
export function validateDefinition(definition: string, options: ValidationOptions = {}): ValidationResult {
  const { maxResults, severity = 'ERROR', type = 'STANDARD' } = options;
  const all = diagnose(definition, type);
  const wanted = severity === 'WARNING' ? all : all.filter((diagnostic) => diagnostic.severity === 'ERROR');
  // As the API has it, 0 asks for the default.
  const diagnostics = wanted.slice(0, maxResults || MAX_RESULTS);
  return {
    result: all.some((diagnostic) => diagnostic.severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics,
    truncated: diagnostics.length < wanted.length,
  };
}
