import type { ExecutionOptions } from '../execution-types';
import type { JournalEntry } from '../journal';

export type RecordedValue = Exclude<JournalEntry, { type: 'signal' }>;

/**
 * A value that the host supplies. During a replay it comes from the journal; a fresh one is written to it.
 *
 * @param recorded What the journal still has to give, oldest first.
 */
export function recordedOrFresh<V>(
  options: ExecutionOptions,
  recorded: RecordedValue[] | undefined,
  type: RecordedValue['type'],
  fresh: () => V,
): V {
  const known = recorded?.shift();
  if (known === undefined) {
    const value = fresh();
    options.onJournal?.({ type, value } as JournalEntry);
    return value;
  }
  if (known.type !== type) {
    throw new Error(`The journal does not fit the execution: it has a ${known.type} where a ${type} is asked for`);
  }
  return known.value as V;
}
