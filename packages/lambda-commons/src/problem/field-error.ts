/** One field of a body, header or path that is not as it must be. */
export interface FieldError {
  /** JSON Pointer into the body, as a URI fragment: `#/input/delaySeconds`. */
  readonly pointer: string;
  /** The same place for people: `input.delaySeconds`. */
  readonly field: string;
  /** What is allowed. Never repeats what was sent. */
  readonly detail: string;
}

/** Names in errors are shortened: a client chooses them, and they may be as long as a body. */
const MAX_NAME_LENGTH = 64;

const shown = (key: string | number): string => {
  const text = String(key);
  return text.length > MAX_NAME_LENGTH ? `${text.slice(0, MAX_NAME_LENGTH)}…` : text;
};

/** An empty name is a name as well, and would not be seen. */
const named = (key: string | number): string => shown(key) || '""';

/** One reference token of a JSON Pointer in a URI fragment (RFC 6901, section 6). */
const referenceToken = (key: string | number): string =>
  encodeURIComponent(shown(key).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'));

/** Creates an error for a field of the body. The empty path refers to the body itself. */
export function fieldError(path: readonly (string | number)[], detail: string): FieldError {
  return {
    pointer: ['#', ...path.map(referenceToken)].join('/'),
    field: path.length === 0 ? 'body' : path.map(named).join('.').toWellFormed(),
    detail,
  };
}
