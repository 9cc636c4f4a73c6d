import { connection, reconnectNow, upstream } from '../lib/live';

/** Says what is wrong with the connection, and what to do. What is shown below it is the last that was known. */
export function ConnectionBanner() {
  const lost = connection.value === 'lost';
  const down = !lost && !upstream.value.connected;
  return (
    <div class="banner-place" role="alert">
      {lost ? (
        <p class="banner">
          <strong>Connection lost.</strong> The console’s server does not answer; what you see is the last it said. If
          it was stopped, start it again with <code>pnpm start</code>. Trying to reconnect…
          <button type="button" onClick={reconnectNow}>
            Try now
          </button>
        </p>
      ) : null}
      {down ? (
        <p class="banner">
          <strong>The runtime cannot be reached.</strong> {upstream.value.message} What you see is the last it said.
          Trying to reconnect…
        </p>
      ) : null}
    </div>
  );
}
