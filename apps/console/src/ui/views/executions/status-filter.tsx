import type { ExecutionStatus, StatusCounts } from '../../../wire/types';
import { Sign } from '../../components/sign';
import { number } from '../../lib/format';
import { EXECUTION_LOOKS } from '../../lib/status';

const ALWAYS: readonly ExecutionStatus[] = ['RUNNING', 'SUCCEEDED', 'FAILED'];

export interface StatusFilterProps {
  readonly counts: StatusCounts | undefined;
  readonly chosen: ExecutionStatus | undefined;
  readonly choose: (status: ExecutionStatus | undefined) => void;
}

/** One button for each status that there is, with its count. */
export function StatusFilter({ counts, chosen, choose }: StatusFilterProps) {
  const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  const shown = (Object.keys(EXECUTION_LOOKS) as ExecutionStatus[]).filter(
    (status) => ALWAYS.includes(status) || status === chosen || (counts?.[status] ?? 0) > 0,
  );
  return (
    <fieldset class="chips">
      <legend class="unseen">Status</legend>
      <button type="button" class="chip" aria-pressed={chosen === undefined} onClick={() => choose(undefined)}>
        All <span class="num">{number(all)}</span>
      </button>
      {shown.map((status) => (
        <button
          key={status}
          type="button"
          class={`chip tone-${EXECUTION_LOOKS[status].tone}`}
          aria-pressed={chosen === status}
          onClick={() => choose(chosen === status ? undefined : status)}
        >
          <Sign tone={EXECUTION_LOOKS[status].tone} />
          {EXECUTION_LOOKS[status].word} <span class="num">{number(counts?.[status] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}
