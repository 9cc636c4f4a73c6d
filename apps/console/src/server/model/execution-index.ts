import { type ExecutionStatus, type ExecutionSummary, parseExecutionArn } from '@workflows/inspector';
import type { ExecutionRow, ExecutionsPage, StatusCounts } from '../../wire/types';

export interface ExecutionFilter {
  readonly status?: ExecutionStatus;
  readonly stateMachine?: string;
  /** Part of the name, in any case. */
  readonly name?: string;
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

/** Looked for what to forget once so many were added, or a tenth of the limit: looking sorts all. */
const ADDED_BEFORE_LOOK = 100;

/** The executions in sight, the newest first. Filters and pages are answered from memory, however many there are. */
export class ExecutionIndex {
  readonly #rows = new Map<string, ExecutionRow>();
  #sorted: ExecutionRow[] | undefined;
  #added = 0;

  readonly #limit: number;

  /** @param limit how many ended executions of each state machine stay, those that ended last, and at most a tenth or 100 more */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns the row when it is new or says something new */
  put(summary: ExecutionSummary): ExecutionRow | undefined {
    const known = this.#rows.get(summary.arn);
    if (known !== undefined && known.status === summary.status && known.stopDate === summary.stopDate) {
      return undefined;
    }
    const stateMachine = parseExecutionArn(summary.arn)?.stateMachine ?? '';
    const row = { ...summary, stateMachine };
    this.#rows.set(summary.arn, row);
    if (known !== undefined && known.startDate === row.startDate && this.#sorted !== undefined) {
      const at = this.#sorted.indexOf(known);
      if (at !== -1) {
        this.#sorted[at] = row;
      }
    } else {
      this.#sorted = undefined;
    }
    if (known === undefined) {
      this.#added += 1;
    }
    if (this.#added > Math.max(ADDED_BEFORE_LOOK, this.#limit / 10)) {
      this.#forgetOldest();
    }
    return row;
  }

  get(arn: string): ExecutionRow | undefined {
    return this.#rows.get(arn);
  }

  running(): ExecutionRow[] {
    return this.#all().filter((row) => row.status === 'RUNNING');
  }

  /** Forgets everything: the runtime behind it is another one now. */
  clear(): void {
    this.#rows.clear();
    this.#sorted = undefined;
  }

  page(filter: ExecutionFilter): Omit<ExecutionsPage, 'loading'> {
    const name = filter.name?.toLowerCase();
    const others = this.#all().filter(
      (row) =>
        (filter.stateMachine === undefined || row.stateMachine === filter.stateMachine) &&
        (name === undefined || row.name.toLowerCase().includes(name)),
    );
    const matched = filter.status === undefined ? others : others.filter((row) => row.status === filter.status);
    const pages = Math.max(1, Math.ceil(matched.length / filter.size));
    const page = Math.min(filter.page, pages);
    const from = (page - 1) * filter.size;
    return {
      executions: matched.slice(from, from + filter.size),
      page,
      pages,
      matched: matched.length,
      counts: count(others),
    };
  }

  /** As the runtime does: without it, a console that stays open would keep every execution there ever was. */
  #forgetOldest(): void {
    this.#added = 0;
    const kept = new Map<string, number>();
    const ended = this.#all().filter((row) => row.status !== 'RUNNING');
    for (const row of ended.sort((a, b) => endOf(b) - endOf(a))) {
      const count = kept.get(row.stateMachine) ?? 0;
      if (count < this.#limit) {
        kept.set(row.stateMachine, count + 1);
      } else {
        this.#rows.delete(row.arn);
      }
    }
    this.#sorted = undefined;
  }

  #all(): ExecutionRow[] {
    this.#sorted ??= [...this.#rows.values()].sort((a, b) => b.startDate - a.startDate || (a.arn < b.arn ? -1 : 1));
    return this.#sorted;
  }
}

function endOf({ startDate, stopDate }: ExecutionRow): number {
  return stopDate ?? startDate;
}

function count(rows: readonly ExecutionRow[]): StatusCounts {
  const counts = { RUNNING: 0, SUCCEEDED: 0, FAILED: 0, TIMED_OUT: 0, ABORTED: 0, PENDING_REDRIVE: 0 };
  for (const row of rows) {
    counts[row.status] += 1;
  }
  return counts;
}
