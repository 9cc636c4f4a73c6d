export { type FieldError, fieldError } from './field-error';
export { isUnknownField, MAX_ERRORS, toFieldErrors } from './field-errors';
export { HttpProblem, invalidBody, type ProblemOptions, tooLarge } from './http-problem';
export { decodeUtf8, parseJson } from './json-text';
