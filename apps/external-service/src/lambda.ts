import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { type AppOptions, createApp } from './app';
import { planCallbacks } from './callback-plan';
import { runCallbacks } from './callback-runner';
import { MAX_DELAY_MS, RETRY_FOR_MS } from './constants';
import type { Log } from './log';
import { parseTaskRequest, type TaskRequest } from './task-request';

/** What the function sends itself: an event that no API Gateway sends. */
export interface CallbackEvent {
  readonly source: 'external-service.callbacks';
  readonly request: TaskRequest;
}

export interface LambdaOptions {
  /** Invokes a function asynchronously. */
  readonly invokeAsync: (functionName: string, event: CallbackEvent) => Promise<void>;
  readonly allowedCallbackUrlPrefix: string;
  readonly log: Log;
  /** @default the real ones */
  readonly fetch?: typeof fetch;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly now?: () => number;
}

/** Kept free at the end of an invocation, to return in time. */
const MARGIN_MS = 2000;

/**
 * The service as one Lambda function with two kinds of events: requests of its HTTP API, and the callbacks that it
 * hands itself by an asynchronous invocation, since a function is frozen once it has answered.
 *
 * Lambda repeats a failed asynchronous invocation, so callbacks come at least once.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 */
export function createLambdaHandler(options: LambdaOptions) {
  return async (event: LambdaEvent | CallbackEvent, context: Context): Promise<unknown> => {
    if ('source' in event && event.source === 'external-service.callbacks') {
      return sendCallbacks(event, context, options);
    }
    const app = createApp({ ...appOptions(options), schedule: scheduler(options, context) });
    return handle(app)(withoutStage(event as LambdaEvent), context as LambdaContext);
  };
}

const appOptions = (options: LambdaOptions): Omit<AppOptions, 'schedule'> => ({
  maxDelayMs: MAX_DELAY_MS.lambda,
  now: options.now ?? Date.now,
  log: options.log,
  allowedCallbackUrlPrefix: options.allowedCallbackUrlPrefix,
  recorder: undefined,
});

const scheduler =
  ({ invokeAsync }: LambdaOptions, { functionName }: Context): AppOptions['schedule'] =>
  ({ request }) =>
    invokeAsync(functionName, { source: 'external-service.callbacks', request });

/** The path of a named stage begins with the stage, which the app knows nothing of. */
function withoutStage(event: LambdaEvent): LambdaEvent {
  if (!('rawPath' in event) || event.rawPath === undefined || !('stage' in event.requestContext)) {
    return event;
  }
  const prefix = `/${event.requestContext.stage}`;
  return event.rawPath.startsWith(`${prefix}/`) ? { ...event, rawPath: event.rawPath.slice(prefix.length) } : event;
}

async function sendCallbacks(event: CallbackEvent, context: Context, options: LambdaOptions): Promise<void> {
  const { request, mock } = parseTaskRequest(event.request, MAX_DELAY_MS.lambda);
  const { id } = request;
  const steps = planCallbacks(request, mock);
  const plannedMs = steps.reduce((sum, { afterMs }) => sum + afterMs, 0);
  const spareMs = context.getRemainingTimeInMillis() - plannedMs - MARGIN_MS;
  const answered = await runCallbacks(steps, {
    fetch: options.fetch ?? fetch,
    sleep: options.sleep ?? delay,
    now: options.now ?? Date.now,
    retryForMs: Math.max(0, Math.min(RETRY_FOR_MS.lambda, spareMs)),
    onResult: (result) => options.log('callback sent', { id, ...result }),
  });
  if (!answered) {
    throw new Error(`At least one callback of task ${id} was not answered.`);
  }
}
