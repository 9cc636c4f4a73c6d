import { randomUUID } from 'node:crypto';
import { MAX_DATA_BYTES, POLL_AFTER_SECONDS } from '@workflows/contract';
import { HttpProblem, tooLarge } from '@workflows/lambda-commons/problem';
import { canonicalBytes } from '../canonical-json';
import type { HttpRequest } from '../http/handler';
import { idFromKey, parseIdempotencyKey } from '../http/idempotency-key';
import type { HttpResponse } from '../http/response';
import type { Execution, Executions } from './executions';

/** What was started, or found started. */
export interface Started {
  readonly id: string;
  readonly executionArn: string;
  /** Only when the execution was found, and so may be over. */
  readonly execution?: Execution;
  /** Whether this request repeats an earlier one. Set only if that is certain. */
  readonly replayed: boolean;
}

export interface StartOptions {
  readonly executions: Executions;
  readonly stateMachineArn: string;
  /** Separates the keys of one route from those of another, e.g. `POST /tasks`. */
  readonly route: string;
}

/**
 * Starts an execution for a request, once for each `Idempotency-Key`:
 *
 * | key | execution of that id | answer |
 * | --- | --- | --- |
 * | none | – (the id is random) | started |
 * | new | none | started |
 * | used, equal payload | running | the same answer |
 * | used, equal payload | over | the same answer, `Idempotent-Replayed: true` |
 * | used, other payload | any | 422 |
 * | used, over 90 days after its execution ended | none | started anew: AWS has forgotten the name |
 *
 * The id is the execution's name, so Step Functions itself sees to it that there is one; nothing is stored for a
 * request that is refused.
 *
 * @throws HttpProblem 400 key, 413 input, 422 reused key
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export async function startWorkflow(request: HttpRequest, input: unknown, options: StartOptions): Promise<Started> {
  const { executions, stateMachineArn, route } = options;
  if (canonicalBytes(input) > MAX_DATA_BYTES) {
    throw tooLarge('The execution input created from the body', MAX_DATA_BYTES);
  }
  const key = parseIdempotencyKey(request.header('idempotency-key'));
  const id = key === undefined ? randomUUID() : idFromKey(route, key);
  request.note({ workflowId: id });
  const start = await executions.start(stateMachineArn, id, input);
  if (start.kind === 'different') {
    throw new HttpProblem(
      'idempotency-key-reused',
      'This Idempotency-Key was already used with a different payload. Send the same payload, or a new key.',
    );
  }
  if (start.kind === 'accepted') {
    return { id, executionArn: start.executionArn, replayed: false };
  }
  const { execution, attempts } = start;
  return { id, executionArn: execution.executionArn, execution, replayed: key !== undefined && attempts === 1 };
}

/** The body of a 202, with the client's or the integration's name for the id. */
export interface AcceptedBody {
  readonly id?: string;
  readonly taskId?: string;
  readonly url: string;
  readonly status: 'RUNNING' | 'PENDING';
}

/** 202, where to look, and when. */
export const accepted = (body: AcceptedBody, { replayed }: Started): HttpResponse => ({
  status: 202,
  body,
  headers: {
    Location: body.url,
    'Retry-After': String(POLL_AFTER_SECONDS),
    ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
  },
});
