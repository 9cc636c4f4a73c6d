/** One field of a body, header or path that is not as it must be. */
export interface FieldError {
  /** JSON Pointer into the body, as a URI fragment: `#/input/delaySeconds`. */
  readonly pointer: string;
  /** The same place for people: `input.delaySeconds`. */
  readonly field: string;
  /** What is allowed. Never repeats what was sent. */
  readonly detail: string;
}

/** Every problem that the APIs answer: its status and a title that never changes. */
export const PROBLEMS = {
  'malformed-json': [400, 'The body is not valid JSON'],
  'invalid-idempotency-key': [400, 'The Idempotency-Key header is not valid'],
  'wrong-resume-token': [403, 'The resume token is missing or wrong'],
  'route-not-found': [404, 'There is no such route'],
  'task-not-found': [404, 'There is no such task'],
  'workflow-not-found': [404, 'There is no such workflow'],
  'method-not-allowed': [405, 'The route does not take this method'],
  'task-already-completed': [409, 'The task was completed with another outcome'],
  'name-already-used': [409, 'The name was used with other input'],
  'workflow-over': [410, 'The workflow is already over'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body is not JSON'],
  'invalid-body': [422, 'The body is not what the route takes'],
  'idempotency-key-reused': [422, 'The idempotency key was used with another payload'],
  'internal-error': [500, 'The request could not be handled'],
  'temporarily-unavailable': [503, 'The service is temporarily unavailable'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** The stable name of a problem, for programs. */
export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An answer that is a problem document. Thrown from anywhere below an HTTP function and rendered in one place.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly options: ProblemOptions = {},
  ) {
    super(`${code}: ${detail}`);
    [this.status, this.title] = PROBLEMS[code];
  }

  /** The document: `type` is `urn:problem-type:workflows:<code>`. */
  toJSON(): Record<string, unknown> {
    const { errors } = this.options;
    return {
      type: `urn:problem-type:workflows:${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(errors === undefined ? {} : { errors }),
    };
  }
}

/** A body that is JSON but not what the route takes: 422, with every field that is wrong. */
export function invalidBody(errors: readonly FieldError[]): HttpProblem {
  const detail = errors.map(({ field, detail: what }) => `${field} ${what}`).join('; ');
  return new HttpProblem('invalid-body', `${detail}.`, { errors });
}
