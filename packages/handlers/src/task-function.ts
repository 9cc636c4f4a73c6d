import { toFieldErrors } from '@workflows/lambda-commons/problem';
import { type GenericSchema, type InferOutput, safeParse } from 'valibot';
import { isTransientFailure } from './aws/failures';
import { DependencyUnavailableError, InvalidTaskEventError, WorkflowError } from './errors';
import { type Log, loggable } from './logging/logger';

/**
 * Makes a Lambda function that a state machine or an event rule invokes: checks the event, and lets only errors of
 * our own out. The Lambda runtime logs whatever a function throws with all its properties, and Step Functions puts
 * it into the history; an error of the AWS SDK could show a task token there.
 *
 * @throws InvalidTaskEventError naming the fields that are not as agreed
 * @throws DependencyUnavailableError when AWS throttled a call, failed or did not answer
 */
export function taskFunction<S extends GenericSchema, R>(
  schema: S,
  log: Log,
  work: (event: InferOutput<S>) => Promise<R>,
): (event: unknown) => Promise<R> {
  return async (event) => {
    const parsed = safeParse(schema, event);
    if (!parsed.success) {
      const what = toFieldErrors(parsed.issues).map(({ field, detail }) => `${field} ${detail}`);
      throw new InvalidTaskEventError(`The payload is invalid: ${what.join('; ')}.`);
    }
    try {
      return await work(parsed.output);
    } catch (error) {
      log.warn('the function failed', { failure: loggable(error) });
      throw toOwnError(error);
    }
  };
}

function toOwnError(error: unknown): Error {
  if (error instanceof WorkflowError) {
    return error;
  }
  const name = error instanceof Error ? error.name : 'unknown';
  return isTransientFailure(error)
    ? new DependencyUnavailableError(`An AWS call failed (${name}). A retry may succeed.`)
    : new Error(`The function failed (${name}). See its log for details.`);
}
