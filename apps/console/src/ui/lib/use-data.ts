import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { LiveEvents } from '../../wire/types';
import { type ApiError, getJson } from './api';
import { generation, listen } from './live';

export interface Data<T> {
  readonly value?: T;
  readonly error?: ApiError;
  /** Asks again now. */
  readonly reload: () => void;
}

const PAUSE_MS = 250;

/**
 * What the server answers to `path`, asked again when one of the live events says that it changed: at most four times
 * a second, and never two at a time. The last answer stays while the next one is on its way.
 *
 * @param concerns tells whether an event changes this answer. @default every event does
 */
export function useData<T>(
  path: string | undefined,
  events: readonly (keyof LiveEvents)[] = [],
  concerns: (name: keyof LiveEvents, data: unknown) => boolean = () => true,
): Data<T> {
  const [state, setState] = useState<{ path?: string; value?: T; error?: ApiError }>({});
  const asking = useRef<AbortController | undefined>(undefined);
  const again = useRef(false);
  const concerned = useRef(concerns);
  concerned.current = concerns;
  const now = generation.value;

  const ask = useCallback(async () => {
    if (path === undefined) {
      return;
    }
    if (asking.current !== undefined) {
      again.current = true;
      return;
    }
    const abort = new AbortController();
    asking.current = abort;
    try {
      const value = await getJson<T>(path, abort.signal);
      if (!abort.signal.aborted) {
        setState({ path, value });
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        setState((before) => ({ ...before, path, error: error as ApiError }));
      }
    }
    if (asking.current !== abort) {
      return;
    }
    asking.current = undefined;
    if (again.current) {
      again.current = false;
      setTimeout(() => void ask(), PAUSE_MS);
    }
  }, [path]);

  useEffect(() => {
    void ask();
    return () => {
      asking.current?.abort();
      asking.current = undefined;
      again.current = false;
    };
  }, [ask, now]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stops = events.map((name) =>
      listen(name, (data) => {
        if (!concerned.current(name, data)) {
          return;
        }
        timer ??= setTimeout(() => {
          timer = undefined;
          void ask();
        }, PAUSE_MS);
      }),
    );
    return () => {
      clearTimeout(timer);
      for (const stop of stops) {
        stop();
      }
    };
  }, [ask]);

  const current = state.path === path ? state : samePlace(state, path);
  return { ...current, reload: () => void ask() };
}

/** Another page or filter of the same list: the old rows stay until the new ones are there, so that nothing jumps. */
function samePlace<T>(state: { path?: string; value?: T }, path: string | undefined): { value?: T } {
  const same = state.path?.split('?')[0] === path?.split('?')[0];
  return same && state.value !== undefined ? { value: state.value } : {};
}
