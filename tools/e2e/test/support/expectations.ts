import * as v from 'valibot';
import type { Answer } from '../../src/api-client';
import * as schemas from '../../src/schemas';
import { expectStatus } from '../../src/workflow-api';

export interface ExpectedProblem {
  readonly status: number;
  readonly code: string;
  /** The offending fields, in order, for instance `names.2`. */
  readonly fields?: readonly string[];
}

/** Checks that an answer is a problem document as RFC 9457 describes it, with our stable `type` and `code`. */
export function expectProblem(answer: Answer, { status, code, fields }: ExpectedProblem): schemas.Problem {
  const problem = v.parse(schemas.problem, expectStatus(answer, status).body);
  expect(problem).toMatchObject({ type: `urn:problem-type:workflows:${code}`, status, code });
  if (fields !== undefined) {
    expect(problem.errors?.map(({ field }) => field)).toEqual(fields);
  }
  return problem;
}

/** Parses the body of an answer that has to have one status. */
export function expectBody<Schema extends v.GenericSchema>(
  answer: Answer,
  status: number,
  schema: Schema,
): v.InferOutput<Schema> {
  return v.parse(schema, expectStatus(answer, status).body);
}
