import type { HistoryDataDetails } from '../history';

/** Shared by all events: no payload is ever cut. */
export const NOT_TRUNCATED: HistoryDataDetails = Object.freeze({ truncated: false });

/** `error` and `cause` as events show them: left out when there is none to show. */
export function errorDetails(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  return {
    ...(error === undefined || error === '' ? {} : { error }),
    ...(cause === undefined || cause === '' ? {} : { cause }),
  };
}
