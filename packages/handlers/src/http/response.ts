import type { HttpProblem } from '@workflows/lambda-commons/problem';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** What a route answers, before it is written as an API Gateway result. */
export interface HttpResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** No answer of these APIs may be cached: each tells the state of something that moves. */
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
