import type { ApiError } from '../lib/api';

/** What the server said instead of an answer. */
export function FailureNotice({ error }: { readonly error: ApiError | undefined }) {
  if (error === undefined) {
    return null;
  }
  return (
    <p class="notice tone-bad" role="alert">
      {error.message}
    </p>
  );
}
