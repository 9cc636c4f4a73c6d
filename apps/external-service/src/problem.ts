import type { BaseIssue } from 'valibot';

export interface FieldError {
  readonly pointer: string;
  readonly field: string;
  readonly detail: string;
}

/** Every problem that the service answers: its status and a title that never changes. */
const PROBLEMS = {
  'malformed-json': [400, 'The body is not valid JSON'],
  'route-not-found': [404, 'There is no such route'],
  'body-too-large': [413, 'The body is too large'],
  'attempt-unknown': [422, 'The number of the attempt is missing'],
  'callback-url-not-allowed': [422, 'The callback URL is not allowed'],
  'invalid-body': [422, 'The body is not what the route takes'],
  'rejected-as-asked': [422, 'The task is rejected, as asked'],
  'internal-error': [500, 'The request could not be handled'],
  'flaky-as-asked': [503, 'The first attempt fails, as asked'],
  'temporarily-unavailable': [503, 'The service is temporarily unavailable'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** The stable name of a problem, for programs. */
export type ProblemCode = keyof typeof PROBLEMS;

/**
 * An answer that is a problem document.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: (typeof PROBLEMS)[ProblemCode][0];
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors?: readonly FieldError[],
  ) {
    super(detail);
    [this.status, this.title] = PROBLEMS[code];
  }

  toResponse(): Response {
    const { status, title, code, detail, errors } = this;
    const type = `urn:problem-type:workflows:${code}`;
    return new Response(JSON.stringify({ type, title, status, code, detail, errors }), {
      status,
      headers: { 'Content-Type': 'application/problem+json' },
    });
  }
}

/** One reference token of a JSON Pointer in a URI fragment (RFC 6901, section 6). */
const referenceToken = (key: string): string =>
  encodeURIComponent(key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'));

/** 422, naming each field that is wrong and what is allowed, and repeating nothing that was sent. */
export function invalidBody(issues: readonly BaseIssue<unknown>[], base: readonly string[] = []): Problem {
  const errors = issues.slice(0, 20).map((issue) => {
    const path = [...base, ...(issue.path ?? []).map(({ key }) => String(key).slice(0, 64))];
    return {
      pointer: ['#', ...path.map(referenceToken)].join('/'),
      field:
        path.length === 0
          ? 'body'
          : path
              .map((key) => key || '""')
              .join('.')
              .toWellFormed(),
      detail: issue.expected === 'never' ? 'is not a known field' : detailOf(issue),
    };
  });
  const detail = errors.map(({ field, detail: what }) => `${field} ${what}`).join('; ');
  return new Problem('invalid-body', `${detail}.`, errors);
}

const detailOf = (issue: BaseIssue<unknown>): string => (issue.input === undefined ? 'is required' : issue.message);
