import { RETRY_AFTER_SECONDS } from '@workflows/contract';
import { HttpProblem } from '@workflows/lambda-commons/problem';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { GenericSchema, InferOutput } from 'valibot';
import { isTransientFailure } from '../aws/failures';
import { type Clock, systemClock } from '../clock';
import { RetryableError } from '../errors';
import { type Log, type LogFields, loggable } from '../logging/logger';
import { readJsonBody } from './body';
import { type HttpResponse, render, renderProblem } from './response';

/** A request without the event format of API Gateway. It is parsed lazily, and its size is limited. */
export interface HttpRequest {
  readonly requestId: string;
  readonly method: string;
  /** The path below the stage, starting with a slash. */
  readonly path: string;
  /** The decoded path parameter, or the empty string, which is never a valid id. */
  pathParameter(name: string): string;
  header(name: string): string | undefined;
  /** The body, validated. @throws HttpProblem */
  json<S extends GenericSchema>(schema: S): InferOutput<S>;
  /**
   * Adds fields to the log line of this request. Add an id only after it was found, because an unknown id may be a token
   * that was sent in the wrong place.
   */
  note(fields: LogFields): void;
}

export type Route = (request: HttpRequest) => Promise<HttpResponse>;

export type HttpFunction = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

export interface HttpHandlerOptions {
  readonly log: Log;
  /** @default the real time */
  readonly clock?: Clock;
}

/**
 * Creates a Lambda handler from a route: parses the event, renders responses and problems, and logs one line per
 * request. A failed AWS call is answered 503 with `Retry-After`, any unexpected error 500 without details.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpHandler(route: Route, { log, clock = systemClock }: HttpHandlerOptions): HttpFunction {
  return async (event) => {
    const startedMs = clock.now();
    const noted: LogFields[] = [];
    const requestId = event.requestContext.requestId;
    const finish = (statusCode: number, fields: LogFields = {}): void => {
      const line = Object.assign({}, ...noted, fields, {
        requestId,
        route: event.routeKey,
        statusCode,
        durationMs: clock.now() - startedMs,
      });
      log[statusCode >= 500 ? 'error' : 'info']('request handled', line);
    };
    try {
      const response = await route(toRequest(event, (fields) => noted.push(fields)));
      finish(response.status);
      return render(response);
    } catch (error) {
      const problem = toProblem(error);
      finish(problem.status, {
        code: problem.code,
        ...(error instanceof HttpProblem ? {} : { failure: loggable(error) }),
      });
      return renderProblem(problem);
    }
  };
}

/** 503 with `Retry-After`. `detail` says what was already saved. */
export const temporarilyUnavailable = (detail: string): HttpProblem =>
  new HttpProblem('temporarily-unavailable', detail, { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } });

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) {
    return error;
  }
  return error instanceof RetryableError || isTransientFailure(error)
    ? temporarilyUnavailable('A service that this API depends on did not respond. Send the same request again.')
    : new HttpProblem('internal-error', 'An internal error occurred. The log has the details under the request id.');
}

function toRequest(event: APIGatewayProxyEventV2, note: (fields: LogFields) => void): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { stage, http, requestId } = event.requestContext;
  const prefix = `/${stage}`;
  const raw = event.rawPath ?? http.path;
  return {
    requestId,
    method: http.method.toUpperCase(),
    path: raw === prefix || raw.startsWith(`${prefix}/`) ? raw.slice(prefix.length) || '/' : raw,
    pathParameter: (name) => event.pathParameters?.[name] ?? '',
    header: (name) => (Object.hasOwn(headers, name) ? headers[name] : undefined),
    json: (schema) => readJsonBody({ body: event.body, isBase64Encoded: event.isBase64Encoded, headers }, schema),
    note,
  };
}
