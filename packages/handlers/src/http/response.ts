import { POLL_AFTER_SECONDS } from '@workflows/contract';
import type { HttpProblem } from '@workflows/lambda-commons/problem';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isOpen } from '../tasks/execution-end';

/** What a route answers, before it is written as an API Gateway result. */
export interface HttpResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200 with `Retry-After` while the resource has not ended, for clients that poll it. */
export const pollable = (body: { readonly status: string; readonly [field: string]: unknown }): HttpResponse => ({
  status: 200,
  body,
  ...(isOpen(body) ? { headers: { 'Retry-After': String(POLL_AFTER_SECONDS) } } : {}),
});

/** Responses must not be cached, because each shows a state that changes. */
const COMMON_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** Writes an answer in payload format 2.0. */
export function render({ status, body, headers }: HttpResponse): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...COMMON_HEADERS, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** Writes a problem document. */
export function renderProblem(problem: HttpProblem): APIGatewayProxyStructuredResultV2 {
  return render({ status: problem.status, body: problem, headers: problem.headers });
}
