import type { BaseIssue } from 'valibot';

export interface FieldError {
  readonly pointer: string;
  readonly field: string;
  readonly detail: string;
}

/**
 * An answer that is a problem document.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: 400 | 404 | 413 | 415 | 422 | 500 | 503,
    readonly code: string,
    readonly detail: string,
    readonly errors?: readonly FieldError[],
  ) {
    super(detail);
  }

  toResponse(): Response {
    const { status, code, detail, errors } = this;
    const type = `urn:problem-type:workflows:${code}`;
    return new Response(JSON.stringify({ type, title: detail, status, code, detail, errors }), {
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
  return new Problem(422, 'invalid-body', `${detail}.`, errors);
}

const detailOf = (issue: BaseIssue<unknown>): string => (issue.input === undefined ? 'is required' : issue.message);
