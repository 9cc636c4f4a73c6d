/** Prefix of the `type` of a problem document, followed by the code. */
export const PROBLEM_TYPE_PREFIX = 'urn:problem-type:workflows:';

/** Every problem that the APIs and the mock external service return, with status and title. The codes are stable. */
export const PROBLEMS = {
  'malformed-json': [400, 'The request body is not valid JSON'],
  'invalid-idempotency-key': [400, 'The Idempotency-Key header is invalid'],
  'wrong-resume-token': [403, 'The resume token is missing or wrong'],
  'route-not-found': [404, 'The route does not exist'],
  'task-not-found': [404, 'The task does not exist'],
  'workflow-not-found': [404, 'The workflow does not exist'],
  'method-not-allowed': [405, 'The route does not support this method'],
  'task-already-completed': [409, 'The task was already completed with a different outcome'],
  'name-already-used': [409, 'The name was already used with different input'],
  'workflow-over': [410, 'The workflow has ended'],
  'body-too-large': [413, 'The request body is too large'],
  'unsupported-media-type': [415, 'The content type is not application/json'],
  'attempt-unknown': [422, 'The attempt number is missing'],
  'callback-url-not-allowed': [422, 'The callback URL is not allowed'],
  'invalid-body': [422, 'The request body is invalid'],
  'idempotency-key-reused': [422, 'The idempotency key was already used with a different payload'],
  'rejected-as-asked': [422, 'The task is rejected, as requested'],
  'internal-error': [500, 'An internal error occurred'],
  'flaky-as-asked': [503, 'The first attempt fails, as requested'],
  'temporarily-unavailable': [503, 'The service is temporarily unavailable'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

/** The stable name of a problem, for programs. */
export type ProblemCode = keyof typeof PROBLEMS;
