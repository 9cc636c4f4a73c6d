import { useState } from 'preact/hooks';
import type { ExecutionView, Visit } from '../../../wire/types';
import { now } from '../../lib/clock';
import { duration } from '../../lib/format';
import { VISIT_LOOKS } from '../../lib/status';

interface Row {
  readonly visit: Visit;
  readonly depth: number;
  readonly label: string;
}

const FIRST_ROWS = 60;

/** When each state was entered and left, as bars on one scale. */
export function Gantt({ view, choose }: { readonly view: ExecutionView; readonly choose: (state: string) => void }) {
  const [all, setAll] = useState(false);
  const rows = rowsOf(view.visits, 0);
  const from = view.execution.startDate;
  const to = Math.max(from + 1, view.execution.stopDate ?? now.value);
  if (rows.length === 0) {
    return null;
  }
  return (
    <section class="gantt" aria-label="Timeline">
      <div class="gantt-head">
        <h2 class="section">Timeline</h2>
        <span class="quiet">striped: waiting for a callback or a sub-workflow</span>
      </div>
      <ul>
        {(all ? rows : rows.slice(0, FIRST_ROWS)).map((row) => (
          <Bar key={row.visit.id} row={row} from={from} to={to} choose={choose} />
        ))}
      </ul>
      <div class="gantt-scale" aria-hidden="true">
        <span>0</span>
        <span>{duration((to - from) / 2)}</span>
        <span>{duration(to - from)}</span>
      </div>
      {rows.length > FIRST_ROWS && !all ? (
        <button type="button" onClick={() => setAll(true)}>
          Show all {rows.length}
        </button>
      ) : null}
    </section>
  );
}

interface BarProps {
  readonly row: Row;
  readonly from: number;
  readonly to: number;
  readonly choose: (state: string) => void;
}

function Bar({ row: { visit, depth, label }, from, to, choose }: BarProps) {
  const end = visit.exitedAt ?? to;
  const percent = (at: number) => (100 * (at - from)) / (to - from);
  const look = VISIT_LOOKS[visit.status];
  const last = visit.attempts.at(-1);
  return (
    <li class={`gantt-row tone-${look.tone}`}>
      <button
        type="button"
        class="gantt-label link"
        style={{ paddingInlineStart: `${depth * 14}px` }}
        onClick={() => choose(visit.state)}
      >
        {label}
      </button>
      <span class="gantt-track">
        <span
          class="gantt-bar"
          style={{
            left: `${percent(visit.enteredAt)}%`,
            width: `${Math.max(0.4, percent(end) - percent(visit.enteredAt))}%`,
          }}
        />
        {last?.submittedAt === undefined ? null : (
          <span
            class="gantt-wait"
            title="waiting"
            style={{
              left: `${percent(last.submittedAt)}%`,
              width: `${Math.max(0, percent(last.endedAt ?? end) - percent(last.submittedAt))}%`,
            }}
          />
        )}
      </span>
      <span class="gantt-time num">
        <span class="unseen">{look.word}, </span>
        {duration(end - visit.enteredAt)}
      </span>
    </li>
  );
}

function rowsOf(visits: readonly Visit[], depth: number, prefix = ''): Row[] {
  return visits.flatMap((visit) => [
    { visit, depth, label: `${prefix}${visit.state}` },
    ...(visit.rounds.at(-1) ?? []).flatMap((lane) => rowsOf(lane.visits, depth + 1, `${lane.index + 1} · `)),
  ]);
}
