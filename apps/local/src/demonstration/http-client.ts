/** An answer of an API. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** Calls an API of the runtime with a JSON body. */
export type Send = (method: string, url: string, body?: unknown) => Promise<Answer>;

/** @param signal ends a call under way */
export function httpClient(signal: AbortSignal): Send {
  return async (method, url, body) => {
    const response = await fetch(url, {
      method,
      signal,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
}
