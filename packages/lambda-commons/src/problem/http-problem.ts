import { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from '@workflows/contract';
import type { FieldError } from './field-error';

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

  /** Headers of the answer that carries the document. */
  get headers(): Readonly<Record<string, string>> {
    return { 'Content-Type': 'application/problem+json', ...this.options.headers };
  }

  /** The document: `type` is `urn:problem-type:workflows:<code>`. */
  toJSON(): Record<string, unknown> {
    const { errors } = this.options;
    return {
      type: `${PROBLEM_TYPE_PREFIX}${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(errors === undefined ? {} : { errors }),
    };
  }
}

/** A body that is JSON and invalid: 422, with every field that is wrong. */
export function invalidBody(errors: readonly FieldError[]): HttpProblem {
  const detail = errors.map(({ field, detail: what }) => `${field} ${what}`).join('; ');
  return new HttpProblem('invalid-body', `${detail}.`, { errors });
}

/** The 413 of everything that has a limit. */
export const tooLarge = (what: string, maximumBytes: number): HttpProblem =>
  new HttpProblem('body-too-large', `${what} must be at most ${maximumBytes} bytes.`);
