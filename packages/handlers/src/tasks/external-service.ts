import { ExternalServiceRejectedError, ExternalServiceUnavailableError } from '../errors';

/** The request to the external service. It never contains the task token. */
export interface ServiceRequest {
  readonly id: string;
  readonly resumeToken: string;
  readonly callbackUrl: string;
  readonly payload: unknown;
}

/** Asks the external service to do a task; resolves when it has accepted. */
export type CallService = (request: ServiceRequest, attempt: number) => Promise<void>;

/** How long the service may take to accept: it works afterwards, and calls back. */
const ACCEPT_TIMEOUT_MS = 10_000;

/** Retryable client errors: Request Timeout, Too Early, Too Many Requests. */
const RETRYABLE_CLIENT_ERRORS = [408, 425, 429];

/**
 * Calls the external service over HTTP. Redirects are not followed: they would carry the resume token to wherever an
 * answer points. Answers are not read, and so cannot end up in a log or an error.
 *
 * @param url the full URL to POST to
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 */
export function httpService(url: string, fetchLike: typeof fetch = fetch): CallService {
  return async (request, attempt) => {
    const status = await post(fetchLike, url, request, attempt);
    if (status >= 200 && status < 300) {
      return;
    }
    if (status >= 500 || RETRYABLE_CLIENT_ERRORS.includes(status)) {
      throw new ExternalServiceUnavailableError(`The external service answered ${status}, so the request is retried.`);
    }
    throw new ExternalServiceRejectedError(
      `The external service answered ${status || 'with a redirect'}. It must accept a task with a 2xx status.`,
    );
  };
}

async function post(fetchLike: typeof fetch, url: string, request: ServiceRequest, attempt: number): Promise<number> {
  try {
    const response = await fetchLike(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(ACCEPT_TIMEOUT_MS),
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'Idempotency-Key': request.id,
        'X-Attempt': String(attempt),
      },
      body: JSON.stringify(request),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new ExternalServiceUnavailableError(`The external service could not be reached: ${reasonOf(error)}.`);
  }
}

/** Why a request failed, by name and code only. */
function reasonOf(error: unknown): string {
  const { name, cause } = Object(error) as { readonly name?: unknown; readonly cause?: unknown };
  if (name === 'TimeoutError') {
    return `no answer within ${ACCEPT_TIMEOUT_MS / 1000} s`;
  }
  const code: unknown = Reflect.get(Object(cause), 'code');
  return String(code ?? name ?? 'unknown fault');
}
