import { ACCOUNT_ID } from '../account';
import { UnsupportedError } from '../unsupported-error';
import { commonLogTime } from './event';
import type { ApiRequest } from './request';

/** What one request came to, for the access log. */
export interface AccessRecord {
  readonly request: ApiRequest;
  readonly apiId: string;
  readonly stage: string;
  readonly routeKey: string | undefined;
  readonly status: number;
  readonly responseLength: number;
  readonly timeMs: number;
  readonly latencyMs: number;
  readonly integrationLatencyMs: number | undefined;
  readonly error: string | undefined;
}

const integrationError = ({ error }: AccessRecord) => error;
const integrationLatency = ({ integrationLatencyMs }: AccessRecord) => integrationLatencyMs;
const integrationStatus = ({ integrationLatencyMs, status }: AccessRecord) => integrationLatencyMs && status;
const errorMessage = ({ error, status }: AccessRecord) => (status >= 400 ? error : undefined);

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const VARIABLES: Readonly<Record<string, (record: AccessRecord) => string | number | undefined>> = {
  accountId: () => ACCOUNT_ID,
  apiId: ({ apiId }) => apiId,
  awsEndpointRequestId: ({ request }) => request.id,
  domainName: ({ request }) => request.headers.host,
  'error.message': errorMessage,
  'error.messageString': errorMessage,
  'error.responseType': () => undefined,
  extendedRequestId: ({ request }) => request.id,
  httpMethod: ({ request }) => request.method,
  'identity.sourceIp': ({ request }) => request.sourceIp,
  'identity.userAgent': ({ request }) => request.headers['user-agent'],
  'integration.error': integrationError,
  'integration.integrationStatus': integrationStatus,
  'integration.latency': integrationLatency,
  'integration.status': integrationStatus,
  integrationErrorMessage: integrationError,
  integrationLatency,
  integrationStatus,
  path: ({ request }) => request.rawPath,
  protocol: ({ request }) => request.protocol,
  requestId: ({ request }) => request.id,
  requestTime: ({ timeMs }) => commonLogTime(timeMs),
  requestTimeEpoch: ({ timeMs }) => timeMs,
  responseLatency: ({ latencyMs }) => latencyMs,
  responseLength: ({ responseLength }) => responseLength,
  routeKey: ({ routeKey }) => routeKey,
  stage: ({ stage }) => stage,
  status: ({ status }) => status,
};

const REFERENCE = /\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g;

/**
 * Turns an access log format into a function that writes its lines.
 * @throws {UnsupportedError} for a variable that is not supported
 */
export function accessLogFormatter(format: string): (record: AccessRecord) => string {
  for (const [reference, name = ''] of format.matchAll(REFERENCE)) {
    if (!Object.hasOwn(VARIABLES, name)) {
      throw new UnsupportedError(
        `access log variable \`${reference}\` is not supported; supported: ${Object.keys(VARIABLES)
          .map((it) => `$context.${it}`)
          .join(', ')}`,
      );
    }
  }
  return (record) =>
    format.replace(REFERENCE, (_reference, name: string) => {
      const value = VARIABLES[name]?.(record) ?? '-';
      // Most formats are JSON: a quote in a header must not break the line.
      return JSON.stringify(String(value)).slice(1, -1);
    });
}
