/** What every route with a body answers to a body that it cannot take. */
export const BODY_PROBLEMS = {
  '400': ['malformed-json'],
  '413': ['body-too-large'],
  '415': ['unsupported-media-type'],
  '422': ['invalid-body'],
} as const;

/** The same for the routes that take an `Idempotency-Key`. */
export const START_PROBLEMS = {
  ...BODY_PROBLEMS,
  '400': ['malformed-json', 'invalid-idempotency-key'],
  '422': ['invalid-body', 'idempotency-key-reused'],
} as const;
