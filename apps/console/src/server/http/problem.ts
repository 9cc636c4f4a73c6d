import { describeFailure } from '@workflows/inspector';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An error that the client is told as a problem document. @see https://www.rfc-editor.org/rfc/rfc9457 */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Problems as they are; everything else came from the target, and is told as its failure. */
export function answerError(error: Error, context: Context): Response {
  const problem = error instanceof HttpProblem ? error : new HttpProblem(502, 'target-failed', describeFailure(error));
  return context.json(
    {
      type: `urn:workflows:console:${problem.code}`,
      title: problem.code,
      status: problem.status,
      detail: problem.message,
    },
    problem.status,
    { 'content-type': 'application/problem+json' },
  );
}
