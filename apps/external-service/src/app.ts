import { decodeUtf8, HttpProblem, parseJson, tooLarge } from '@workflows/lambda-commons/problem';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { planCallbacks } from './callback-plan';
import type { CallbackResult } from './callback-runner';
import { MAX_BODY_BYTES } from './constants';
import type { Log } from './log';
import type { MockSettings } from './mock-settings';
import type { RecordedRequest, RequestRecorder } from './recorder';
import { parseTaskRequest, requireAllowed, type TaskRequest } from './task-request';

export interface AppOptions {
  /** Sees to it that the callbacks are sent, after the answer. */
  readonly schedule: (job: CallbackJob) => Promise<void> | void;
  readonly maxDelayMs: number;
  readonly now: () => number;
  readonly log: Log;
  /** The only URL below which the service calls back; `undefined` lets it call anywhere. */
  readonly allowedCallbackUrlPrefix: string | undefined;
  /** Remembers requests, and shows them at `GET /requests`; `undefined` where nothing may be shown. */
  readonly recorder: RequestRecorder | undefined;
}

/** A task that was accepted, and how the service is to behave. */
export interface CallbackJob {
  readonly request: TaskRequest;
  readonly mock: MockSettings;
  /** Where the Node app keeps what became of each; empty on Lambda. */
  readonly results: CallbackResult[];
}

/** The service itself, the same on Node and on Lambda. */
export function createApp(options: AppOptions): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => toResponse(tooLarge('The body', MAX_BODY_BYTES)) }));
  app.post('/external', async (context) => {
    const { request, mock } = parseTaskRequest(
      parseJson(decodeUtf8(new Uint8Array(await context.req.arrayBuffer()))),
      options.maxDelayMs,
    );
    requireAllowed(options.allowedCallbackUrlPrefix, request.callbackUrl);
    const attempt = context.req.header('x-attempt') ?? null;
    const refusal = refusalOf(mock, attempt);
    const results: CallbackResult[] = [];
    options.recorder?.add({
      receivedAt: new Date(options.now()).toISOString(),
      idempotencyKey: context.req.header('idempotency-key') ?? null,
      attempt,
      status: refusal?.status ?? 202,
      body: request,
      callbacks: results,
    } satisfies RecordedRequest);
    options.log('task received', { id: request.id, outcome: mock.outcome, status: refusal?.status ?? 202 });
    if (refusal !== undefined) {
      return toResponse(refusal);
    }
    await schedule(options, { request, mock, results });
    return context.json({ id: request.id, status: 'accepted' }, 202);
  });
  if (options.recorder !== undefined) {
    showRequests(app, options.recorder);
  }
  app.get('/', (context) => context.json({ service: 'mock external service', accepts: 'POST /external' }));
  app.notFound(() => toResponse(new HttpProblem('route-not-found', 'This service supports POST /external.')));
  app.onError((error) => {
    if (error instanceof HttpProblem) {
      return toResponse(error);
    }
    options.log('request failed', { error: error.name });
    return toResponse(new HttpProblem('internal-error', 'The mock external service failed.'));
  });
  return app;
}

/** A problem document. */
const toResponse = (problem: HttpProblem): Response =>
  new Response(JSON.stringify(problem), { status: problem.status, headers: problem.headers });

/** The answer of a service that does not accept the task. */
function refusalOf({ outcome }: MockSettings, attempt: string | null): HttpProblem | undefined {
  if (outcome === 'reject') {
    return new HttpProblem('rejected-as-asked', 'The mock external service was asked to reject the task.');
  }
  if (outcome !== 'flaky') {
    return undefined;
  }
  if (attempt === null || !/^\d{1,9}$/.test(attempt)) {
    return new HttpProblem(
      'attempt-unknown',
      'The outcome "flaky" requires the header X-Attempt with the number of the attempt.',
    );
  }
  return Number(attempt) < 2
    ? new HttpProblem('flaky-as-asked', 'The mock external service was asked to fail the first attempt.')
    : undefined;
}

/** Accepts the task only after its callbacks are scheduled. @throws HttpProblem 503 */
async function schedule(options: AppOptions, job: CallbackJob): Promise<void> {
  if (planCallbacks(job.request, job.mock).length === 0) {
    return;
  }
  try {
    await options.schedule(job);
  } catch (error) {
    options.log('task not accepted', { id: job.request.id, error: error instanceof Error ? error.name : 'unknown' });
    throw new HttpProblem('temporarily-unavailable', 'The callbacks could not be scheduled. Send the task again.');
  }
}

function showRequests(app: Hono, recorder: RequestRecorder): void {
  app.get('/requests', (context) => context.json({ requests: recorder.list(context.req.query('id')) }));
  app.delete('/requests', (context) => {
    recorder.clear();
    return context.body(null, 204);
  });
}
