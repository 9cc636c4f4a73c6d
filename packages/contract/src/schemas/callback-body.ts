import * as v from 'valibot';
import { MAX_CAUSE_LENGTH, MAX_ERROR_LENGTH } from '../limits';

const errorMessage = `must be a string of 1 to ${MAX_ERROR_LENGTH} characters that does not begin with "States."`;
const causeMessage = `must be a string of at most ${MAX_CAUSE_LENGTH} characters`;
const tokenMessage = 'must be the resume token that came with the task';

/** A resume token as it may be sent. Absent is allowed here: it is answered 403, as a wrong one is. */
const resumeToken = v.optional(v.string(tokenMessage));

/**
 * Body of `PUT /tasks/{taskId}`: how the task ended. `data` belongs to a success, `error` and `cause` to a failure.
 *
 * Error names that begin with `States.` are the language's own: a callback that used one would look like a fault of
 * the state machine.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html
 */
export const CallbackBody = v.variant(
  'status',
  [
    v.strictObject({
      id: v.optional(v.string('must be the id of the task')),
      resumeToken,
      status: v.literal('succeeded'),
      data: v.optional(v.unknown(), null),
    }),
    v.strictObject({
      id: v.optional(v.string('must be the id of the task')),
      resumeToken,
      status: v.literal('failed'),
      error: v.optional(
        v.pipe(
          v.string(errorMessage),
          v.minLength(1, errorMessage),
          v.maxLength(MAX_ERROR_LENGTH, errorMessage),
          v.regex(/^(?!States\.)/, errorMessage),
        ),
      ),
      cause: v.optional(v.pipe(v.string(causeMessage), v.maxLength(MAX_CAUSE_LENGTH, causeMessage))),
    }),
  ],
  'must be "succeeded" or "failed"',
);

export type CallbackBody = v.InferOutput<typeof CallbackBody>;

/** Body of `POST /tasks/{taskId}/heartbeat`. */
export const HeartbeatBody = v.strictObject({ resumeToken }, 'must be an object');
