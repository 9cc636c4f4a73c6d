import { fieldError, HttpProblem, invalidBody, toFieldErrors } from '@workflows/lambda-commons/problem';
import * as v from 'valibot';
import { mockSettings, settingsOf } from './mock-settings';

const text = (maximum: number) => {
  const message = `must be a string of 1 to ${maximum} characters`;
  return v.pipe(v.string(message), v.minLength(1, message), v.maxLength(maximum, message));
};

const urlMessage = 'must be an absolute http or https URL';

/** Body of `POST /external`. */
export const TaskRequestBody = v.strictObject(
  {
    id: text(80),
    resumeToken: text(2048),
    callbackUrl: v.pipe(
      v.string(urlMessage),
      v.check((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), urlMessage),
    ),
    payload: v.optional(v.unknown(), {}),
  },
  'must be an object',
);

export type TaskRequest = v.InferOutput<typeof TaskRequestBody>;

/** Validates the body and the settings in its payload. @throws HttpProblem 422 */
export function parseTaskRequest(body: unknown, maxDelayMs: number) {
  const request = v.safeParse(TaskRequestBody, body);
  if (!request.success) {
    throw invalidBody(toFieldErrors(request.issues));
  }
  const mock = v.safeParse(mockSettings(maxDelayMs), settingsOf(request.output.payload));
  if (!mock.success) {
    throw invalidBody(toFieldErrors(mock.issues, ['payload', 'mock']));
  }
  return { request: request.output, mock: mock.output };
}

/**
 * Whether a callback URL lies below a prefix. Both are parsed, so that neither `..`, nor a user name that looks like
 * the host, nor another port can lead elsewhere.
 *
 * @param prefix an absolute URL; its path ends with a slash, or is taken as if it did
 */
export function isBelow(prefix: string, callbackUrl: string): boolean {
  const allowed = new URL(prefix.endsWith('/') ? prefix : `${prefix}/`);
  const asked = new URL(callbackUrl);
  const encodedPath = /%2f|%5c|%2e/i.test(asked.pathname);
  return (
    asked.origin === allowed.origin &&
    asked.username === '' &&
    asked.password === '' &&
    !encodedPath &&
    asked.pathname.startsWith(allowed.pathname)
  );
}

/** @throws HttpProblem 422 unless the service may call this URL */
export function requireAllowed(prefix: string | undefined, callbackUrl: string): void {
  if (prefix !== undefined && !isBelow(prefix, callbackUrl)) {
    throw new HttpProblem(
      'callback-url-not-allowed',
      'The callback URL does not belong to the API that this service was deployed for.',
      {
        errors: [fieldError(['callbackUrl'], 'must start with the API URL that the service was deployed for')],
      },
    );
  }
}
