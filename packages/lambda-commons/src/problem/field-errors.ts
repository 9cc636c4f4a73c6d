import type { BaseIssue } from 'valibot';
import { type FieldError, fieldError } from './field-error';

/** No more than this many errors are listed: a body can be wrong in thousands of places. */
export const MAX_ERRORS = 20;

/**
 * Turns the issues of a schema into the `errors` of a problem document.
 *
 * @param base where in the body the value is that the schema checked
 */
export function toFieldErrors(issues: readonly BaseIssue<unknown>[], base: readonly string[] = []): FieldError[] {
  return issues
    .slice(0, MAX_ERRORS)
    .map((issue) => fieldError([...base, ...(issue.path ?? []).map(({ key }) => keyOf(key))], describe(issue)));
}

const keyOf = (key: unknown): string | number => (typeof key === 'number' ? key : String(key));

/** Whether an object has a field that its schema does not know. */
export const isUnknownField = (issue: BaseIssue<unknown>): boolean =>
  issue.type === 'strict_object' && issue.expected === 'never';

function describe(issue: BaseIssue<unknown>): string {
  if (isUnknownField(issue)) {
    return 'is not a known field';
  }
  if (issue.received === 'undefined' && issue.input === undefined) {
    return 'is required';
  }
  return `${issue.message} (received: ${kindOf(receivedIn(issue))})`;
}

/** What is in the field that is named. A rule between two fields is checked on the object that holds both. */
const receivedIn = (issue: BaseIssue<unknown>): unknown => {
  const field = issue.path?.at(-1);
  return field === undefined ? issue.input : field.value;
};

/** What was received, without its content. */
function kindOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return `an array of ${value.length}`;
  }
  if (typeof value === 'string') {
    return value.length === 1 ? 'a string of 1 character' : `a string of ${value.length} characters`;
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
