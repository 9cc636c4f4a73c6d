import type { SessionView } from '../../wire/types';
import { connection, reconnectNow, upstream } from '../lib/live';
import { useSession } from '../lib/session';

/** Shows a problem with the connection, and what to do. The page below it shows the last known data. */
export function ConnectionBanner() {
  const session = useSession();
  const lost = connection.value === 'lost';
  const down = !lost && !upstream.value.connected;
  return (
    <div class="banner-place" role="alert">
      {lost ? (
        <p class="banner">
          <span>
            <strong>Connection lost.</strong> The page shows the last known data. If the console was stopped, start it
            again: <code>{startCommand(session)}</code>
          </span>
          <button type="button" onClick={reconnectNow}>
            Try now
          </button>
        </p>
      ) : null}
      {down ? (
        <p class="banner">
          <span>
            <strong>{session?.target.kind === 'aws' ? 'AWS is unreachable.' : 'The runtime is unreachable.'}</strong>{' '}
            {upstream.value.message} The page shows the last known data. Reconnecting…
          </span>
        </p>
      ) : null}
    </div>
  );
}

/** The command that most likely started this console. */
function startCommand(session: SessionView | undefined): string {
  if (session?.target.kind === 'aws') {
    return 'pnpm console';
  }
  return session?.manual ? 'pnpm start --manual' : 'pnpm start';
}
