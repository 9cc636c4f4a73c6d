import type { StateMachineType } from '../diagnostics';
import type { QueryLanguage } from '../document/query-language';
import { InvalidDefinitionError } from '../errors';
import { diagnose } from '../validation/diagnose';
import type { JsonObject } from '../values/json';
import { compileMachine } from './compile';
import type { StateMachineProgram } from './program';

/**
 * Validates and compiles a definition.
 *
 * @param definition JSON text of at most 1 MB.
 * @throws {@link InvalidDefinitionError} with AWS's message, such as
 * `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: … at /States/X'`.
 */
export function parseDefinition(definition: string, options: { type?: StateMachineType } = {}): StateMachineProgram {
  const type = options.type ?? 'STANDARD';
  const errors = diagnose(definition, type).filter((diagnostic) => diagnostic.severity === 'ERROR');
  if (errors.length > 0) {
    const listed = errors.map(({ code, message, location = null }) => `${code}: ${message} at ${location}`);
    throw new InvalidDefinitionError(`Invalid State Machine Definition: '${listed.join(', ')}'`, errors);
  }
  const fields = JSON.parse(definition) as JsonObject;
  const language = (fields.QueryLanguage as QueryLanguage | undefined) ?? 'JSONPath';
  const machine = compileMachine(fields, language);
  // 0 is no limit.
  const timeoutSeconds = (fields.TimeoutSeconds as number | undefined) || undefined;
  return {
    type,
    startAt: machine.startAt,
    definition,
    machine,
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}
