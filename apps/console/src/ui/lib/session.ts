import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SessionView } from '../../wire/types';

export const SessionContext = createContext<SessionView | undefined>(undefined);

/** What this console looks at, and what may be done from it; undefined until the server has said so. */
export function useSession(): SessionView | undefined {
  return useContext(SessionContext);
}
