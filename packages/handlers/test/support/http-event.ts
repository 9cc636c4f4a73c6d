import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface EventOptions {
  readonly method?: string;
  /** Below the stage. */
  readonly path?: string;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
  readonly isBase64Encoded?: boolean;
  readonly headers?: Record<string, string>;
  readonly pathParameters?: Record<string, string>;
  readonly requestId?: string;
}

/** An event of an HTTP API, payload format 2.0, stage `prod`. */
export function httpEvent(options: EventOptions = {}): APIGatewayProxyEventV2 {
  const { method = 'GET', path = '/', body, rawBody, headers = {}, pathParameters, requestId = 'request-1' } = options;
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: `/prod${path}`,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.execute-api.eu-central-1.amazonaws.com',
      domainPrefix: 'api',
      http: { method, path: `/prod${path}`, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId,
      routeKey: `${method} ${path}`,
      stage: 'prod',
      time: '15/Jan/2027:08:00:00 +0000',
      timeEpoch: 1_800_000_000_000,
    },
    isBase64Encoded: options.isBase64Encoded ?? false,
    ...(text === undefined ? {} : { body: text }),
    ...(pathParameters === undefined ? {} : { pathParameters }),
  };
}

/** The parsed body of an answer. */
export const bodyOf = (result: APIGatewayProxyStructuredResultV2): Record<string, unknown> =>
  result.body === undefined ? {} : JSON.parse(result.body);
