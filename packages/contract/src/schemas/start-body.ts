import * as v from 'valibot';
import { DEFAULT_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS } from '../limits';

const timeoutMessage = `must be a whole number of seconds from 1 to ${MAX_TIMEOUT_SECONDS}`;
const heartbeatMessage = 'must be a whole number of seconds, at least 1 and less than timeoutSeconds';

/**
 * Body of `POST /workflows` and `POST /tasks`: what the external service gets, how long to wait for its callback,
 * and how long it may stay silent in between.
 */
export const StartBody = v.pipe(
  v.strictObject(
    {
      input: v.optional(v.unknown(), {}),
      timeoutSeconds: v.optional(
        v.pipe(
          v.number(timeoutMessage),
          v.integer(timeoutMessage),
          v.minValue(1, timeoutMessage),
          v.maxValue(MAX_TIMEOUT_SECONDS, timeoutMessage),
        ),
        DEFAULT_TIMEOUT_SECONDS,
      ),
      heartbeatSeconds: v.optional(
        v.pipe(v.number(heartbeatMessage), v.integer(heartbeatMessage), v.minValue(1, heartbeatMessage)),
      ),
    },
    'must be an object',
  ),
  v.forward(
    v.partialCheck(
      [['timeoutSeconds'], ['heartbeatSeconds']],
      ({ timeoutSeconds, heartbeatSeconds }) => heartbeatSeconds === undefined || heartbeatSeconds < timeoutSeconds,
      heartbeatMessage,
    ),
    ['heartbeatSeconds'],
  ),
);

export type StartBody = v.InferOutput<typeof StartBody>;
