import { useLocation } from 'preact-iso';
import type { WaitingView } from '../../wire/types';
import { connection, upstream } from '../lib/live';
import { useSession } from '../lib/session';
import { choose, type Theme, theme } from '../lib/theme';
import { useData } from '../lib/use-data';

const THEMES: readonly [Theme, string, string][] = [
  ['light', '☀', 'Light'],
  ['dark', '☾', 'Dark'],
  ['system', '◐', 'System'],
];

export function Header() {
  const session = useSession();
  const { value: waiting } = useData<WaitingView>('/api/waiting', ['waiting']);
  return (
    <header class="bar">
      <a class="brand" href="/">
        <img src="/icon.svg" alt="" width="24" height="24" />
        <span>Workflows</span>
      </a>
      <nav aria-label="Console">
        <NavLink href="/" also="/executions">
          Executions
        </NavLink>
        <NavLink href="/waiting">
          Waiting
          {waiting !== undefined && waiting.tasks.length > 0 ? <span class="count">{waiting.tasks.length}</span> : null}
        </NavLink>
        {session?.inbox ? <NavLink href="/inbox">Inbox</NavLink> : null}
        <NavLink href="/start">Start</NavLink>
      </nav>
      <div class="bar-end">
        <LiveSign />
        <ThemeButton />
      </div>
    </header>
  );
}

function NavLink(props: {
  readonly href: string;
  readonly also?: string;
  readonly children: preact.ComponentChildren;
}) {
  const { path } = useLocation();
  const current = path === props.href || (props.also !== undefined && path.startsWith(props.also));
  return (
    <a href={props.href} aria-current={current ? 'page' : undefined}>
      {props.children}
    </a>
  );
}

/** What the console shows, and whether it shows it live. */
function LiveSign() {
  const session = useSession();
  const live = connection.value === 'open' && upstream.value.connected;
  const target = session?.target;
  const where = target === undefined ? '' : target.kind === 'local' ? 'This machine' : `AWS ${target.region}`;
  return (
    <span class={`live ${live ? 'live-on' : ''}`} role="status">
      <span class="dot" aria-hidden="true" />
      {where === '' ? '' : `${where} · `}
      {live ? 'live' : 'not connected'}
    </span>
  );
}

function ThemeButton() {
  const at = THEMES.findIndex(([name]) => name === theme.value);
  const [, sign, word] = THEMES[at] ?? ['system', '◐', 'System'];
  const next = THEMES[(at + 1) % THEMES.length]?.[0] ?? 'system';
  return (
    <button
      type="button"
      class="icon"
      aria-label={`Theme: ${word}. Change it.`}
      title={`Theme: ${word}`}
      onClick={() => choose(next)}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
