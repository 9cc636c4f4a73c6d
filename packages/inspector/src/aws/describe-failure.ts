const UNREACHABLE = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|TimeoutError|socket hang up/;

/**
 * A failure of a call to the target, for people: what to do about an endpoint that is gone and about credentials that
 * are missing; other errors of AWS keep their name.
 */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error.name === 'CredentialsProviderError') {
    return 'No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and start the command again.';
  }
  const text = [error.name, error.message, error.cause].map(String).join(' ');
  return UNREACHABLE.test(text)
    ? 'The endpoint does not respond. Check that the runtime is running.'
    : `${error.name}: ${error.message}`;
}
