import type { Definition } from '@workflows/states-language/document';

/**
 * Reads the definition of a state machine that runs already: it is not validated.
 *
 * @throws {SyntaxError} when the text is no definition
 */
export function readDefinition(text: string): Definition {
  const definition: unknown = JSON.parse(text);
  if (!isDefinition(definition)) {
    throw new SyntaxError('The state machine definition is invalid: StartAt or States is missing');
  }
  return definition;
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && 'StartAt' in value && 'States' in value;
}
