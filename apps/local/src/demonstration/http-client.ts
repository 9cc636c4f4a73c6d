import type { LocalCloud } from '@workflows/local-cloud';
import aws4 from 'aws4';

/** An answer of an API. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** Calls an API of the runtime with a JSON body. */
export type Send = (method: string, url: string, body?: unknown) => Promise<Answer>;

/**
 * Signs each request, which routes with `WORKFLOWS_API_AUTHORIZATION=AWS_IAM` ask for and others ignore.
 * @param signal ends a call under way
 */
export function httpClient(cloud: Pick<LocalCloud, 'credentials' | 'region'>, signal: AbortSignal): Send {
  return async (method, url, body) => {
    const { host, pathname, search } = new URL(url);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const request = {
      service: 'execute-api',
      region: cloud.region,
      method,
      host,
      path: pathname + search,
      headers: text === undefined ? {} : { 'content-type': 'application/json' },
      ...(text === undefined ? {} : { body: text }),
    };
    const { headers = {} } = aws4.sign(request, cloud.credentials);
    const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const response = await fetch(url, { method, signal, headers: sent, ...(text === undefined ? {} : { body: text }) });
    const answered = await response.text();
    return { status: response.status, json: answered === '' ? undefined : (JSON.parse(answered) as unknown) };
  };
}
