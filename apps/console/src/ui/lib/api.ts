import type { Problem } from '../../wire/types';

/** An error response of the server. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** @throws {ApiError} with the server's own words; status 0 when it does not answer */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answer<T>(await call(path, signal === undefined ? {} : { signal }));
}

/** @throws {ApiError} as `getJson` */
export async function postJson<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return answer<T>(await call(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function call(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(0, 'The server of the console does not respond. If it was stopped, start it again.');
  }
}

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) {
    return response.json() as Promise<T>;
  }
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new ApiError(response.status, problem.detail ?? response.statusText);
}

/** The path of an execution's reads. */
export function executionPath(key: { readonly stateMachine: string; readonly name: string }): string {
  return `/api/executions/${encodeURIComponent(key.stateMachine)}/${encodeURIComponent(key.name)}`;
}

/** The address of an execution's page. */
export function executionHref(key: { readonly stateMachine: string; readonly name: string }): string {
  return `/executions/${encodeURIComponent(key.stateMachine)}/${encodeURIComponent(key.name)}`;
}
