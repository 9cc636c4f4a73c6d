import { randomBytes } from 'node:crypto';
import { ACCOUNT_ID } from '../account';
import type { Principal } from '../contracts';
import { assumedRoleArn } from '../iam';
import type { ApiRequest } from './request';

export interface EventContext {
  readonly apiId: string;
  readonly stage: string;
  readonly routeKey: string;
  /** Decoded, with the stage. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly timeMs: number;
  /** Set for a route that AWS_IAM guards. */
  readonly caller?: { readonly accessKeyId: string; readonly principal: Principal | undefined };
}

/** Bodies of these media types reach the function as text, all others in base64. */
const TEXT = /^(text\/.*|application\/(json|javascript|xml|.*\+json|.*\+xml))$/;

/**
 * The event that a function behind an HTTP API gets.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toEvent(request: ApiRequest, context: EventContext): object {
  const { cookie, ...headers } = request.headers;
  const query = parseQuery(request.rawQuery);
  const hasBody = request.body.length > 0;
  const isBase64Encoded = hasBody && !isText(headers['content-type']);
  const host = headers.host ?? '';
  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath: context.path,
    rawQueryString: request.rawQuery,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers: {
      ...headers,
      'content-length': String(request.body.length),
      'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? newTraceId(context.timeMs),
      'x-forwarded-for': [headers['x-forwarded-for'], request.sourceIp].filter(Boolean).join(', '),
      'x-forwarded-port': String(request.port),
      'x-forwarded-proto': 'http',
    },
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: context.apiId,
      ...(context.caller === undefined ? {} : { authorizer: { iam: callerContext(context.caller) } }),
      domainName: host,
      domainPrefix: context.apiId,
      http: {
        method: request.method,
        path: context.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.id,
      routeKey: context.routeKey,
      stage: context.stage,
      time: commonLogTime(context.timeMs),
      timeEpoch: context.timeMs,
    },
    ...(Object.keys(context.pathParameters).length > 0 ? { pathParameters: context.pathParameters } : {}),
    ...(hasBody ? { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded,
  };
}

/** A body without a media type is taken for text. */
function isText(contentType = 'text/plain'): boolean {
  return TEXT.test((contentType.split(';')[0] ?? '').trim().toLowerCase());
}

/** Several values of one name are joined by commas. */
function parseQuery(rawQuery: string): Record<string, string> | undefined {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return joined.size === 0 ? undefined : Object.fromEntries(joined);
}

function callerContext({ accessKeyId, principal }: NonNullable<EventContext['caller']>): object {
  return {
    accessKey: accessKeyId,
    accountId: ACCOUNT_ID,
    userArn: principal === undefined ? `arn:aws:iam::${ACCOUNT_ID}:root` : assumedRoleArn(principal),
  };
}

function newTraceId(timeMs: number): string {
  return `Root=1-${Math.floor(timeMs / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}

/** `12/Mar/2020:19:03:58 +0000` */
export function commonLogTime(timeMs: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(timeMs).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
