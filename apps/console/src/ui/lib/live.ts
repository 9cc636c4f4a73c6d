import { signal } from '@preact/signals';
import type { LiveEvents } from '../../wire/types';

/** Whether the server's stream is open, and whether the server reaches its target. */
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');
export const upstream = signal<LiveEvents['upstream']>({ connected: true });
/** Grows when everything that is shown may be outdated: the server was started anew, or reached its target again. */
export const generation = signal(0);

const NAMES = ['hello', 'executions', 'execution', 'waiting', 'inbox', 'upstream'] as const;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5000;

type Listener<Name extends keyof LiveEvents> = (data: LiveEvents[Name]) => void;

const listeners = new Map<keyof LiveEvents, Set<Listener<never>>>();
let source: EventSource | undefined;
let followed: string | undefined;
let instance: string | undefined;
let retryMs = FIRST_RETRY_MS;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Calls `listener` for every event of this name, until the returned function is called. */
export function listen<Name extends keyof LiveEvents>(name: Name, listener: Listener<Name>): () => void {
  const set = listeners.get(name) ?? new Set();
  listeners.set(name, set);
  set.add(listener as Listener<never>);
  return () => set.delete(listener as Listener<never>);
}

/** Follows one execution besides the list, as long as its page is shown. */
export function follow(key: { readonly stateMachine: string; readonly name: string } | undefined): void {
  const next = key === undefined ? undefined : `${key.stateMachine}/${key.name}`;
  if (next === followed) {
    return;
  }
  followed = next;
  connect();
}

/**
 * Opens the stream. A window in the background closes it: browsers allow six connections to one server, so that a
 * seventh open tab would wait for ever.
 */
export function openLive(): void {
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : connect()));
  connect();
}

/** Tries at once, instead of at the end of the pause. */
export function reconnectNow(): void {
  retryMs = FIRST_RETRY_MS;
  connect();
}

function close(): void {
  clearTimeout(timer);
  source?.close();
  source = undefined;
}

function connect(): void {
  close();
  if (document.hidden) {
    return;
  }
  const query = followed === undefined ? '' : `?execution=${encodeURIComponent(followed)}`;
  const opened = new EventSource(`/api/live${query}`);
  source = opened;
  opened.onerror = () => {
    if (source !== opened) {
      return;
    }
    close();
    connection.value = 'lost';
    timer = setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  };
  for (const name of NAMES) {
    opened.addEventListener(name, (event) => deliver(name, JSON.parse((event as MessageEvent<string>).data) as never));
  }
}

function deliver(name: keyof LiveEvents, data: never): void {
  if (name === 'hello') {
    greet(data);
  }
  if (name === 'upstream') {
    reach(data);
  }
  for (const listener of listeners.get(name) ?? []) {
    listener(data);
  }
}

function greet(hello: LiveEvents['hello']): void {
  retryMs = FIRST_RETRY_MS;
  // Whatever happened while the stream was closed was missed.
  if (instance !== undefined) {
    generation.value += 1;
  }
  instance = hello.instance;
  connection.value = 'open';
}

function reach(state: LiveEvents['upstream']): void {
  if (state.connected && !upstream.value.connected) {
    generation.value += 1;
  }
  upstream.value = state;
}
