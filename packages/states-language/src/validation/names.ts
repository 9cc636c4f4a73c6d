import { MAX_LABEL_LENGTH, MAX_STATE_NAME_LENGTH } from '../limits';
import type { JsonValue } from '../values/json';
import type { CheckContext } from './machine';

/** Names are unique in the whole definition. */
export function checkStateName(name: string, location: string, { names, report }: CheckContext): void {
  if (name.length === 0) {
    report.error('INVALID_STATE_NAME', "Invalid State name: '' is empty", location);
  } else if (name.length > MAX_STATE_NAME_LENGTH) {
    const limit = `exceeds the ${MAX_STATE_NAME_LENGTH}-character limit allowed by the service`;
    report.error('INVALID_STATE_NAME', `Invalid State name: '${name}' ${limit}`, location);
  }
  if (names.has(name)) {
    report.error('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, location);
  }
  names.add(name);
}

/** White space, wildcards, brackets, special and control characters: a label becomes part of an ARN. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_IN_LABELS = /[\s?*<>{}[\]"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export function checkLabel(label: JsonValue | undefined, state: string, { labels, report }: CheckContext): void {
  if (typeof label !== 'string') {
    return;
  }
  const location = `${state}/Label`;
  const refuse = (problem: string) =>
    report.error('INVALID_LABEL_NAME', `Invalid Label name: '${label}' ${problem}`, location);
  if (label === '') {
    refuse('is empty');
  } else if (label.length > MAX_LABEL_LENGTH) {
    refuse(`exceeds the ${MAX_LABEL_LENGTH}-character limit allowed by the service`);
  } else if (NOT_IN_LABELS.test(label)) {
    refuse('contains characters that are not allowed: white space, wildcards, brackets, special or control characters');
  }
  if (labels.has(label)) {
    report.error('DUPLICATE_LABEL_NAME', `Duplicate Label name: ${label}`, location);
  }
  labels.add(label);
}
