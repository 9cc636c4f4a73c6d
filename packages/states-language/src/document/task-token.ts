import type { QueryLanguage } from './query-language';
import type { TaskState } from './state-machine';
import type { Template } from './template';

/** A reference to the token itself, or to an object of the context that holds it. */
const TOKEN_REFERENCE = {
  JSONPath: /\$\$(?:\.Task(?:\.Token)?(?![\w.])|(?![\w.]))/,
  JSONata: /\$states\.context(?:\.Task(?:\.Token)?(?![\w.])|(?![\w.]))/,
} as const satisfies Record<QueryLanguage, RegExp>;

/**
 * Whether a Task state hands its task token to what it calls. In JSONPath only the value of a `.$` key is a path.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export function passesTaskToken(state: TaskState): boolean {
  return (
    ('Parameters' in state && holdsToken(state.Parameters, 'JSONPath', false)) ||
    ('Arguments' in state && holdsToken(state.Arguments, 'JSONata', true))
  );
}

function holdsToken(template: Template | undefined, language: QueryLanguage, evaluated: boolean): boolean {
  if (typeof template === 'string') {
    return evaluated && TOKEN_REFERENCE[language].test(template);
  }
  if (template === null || typeof template !== 'object') {
    return false;
  }
  return Object.entries(template).some(([key, value]) =>
    holdsToken(value, language, language === 'JSONata' || key.endsWith('.$')),
  );
}
