import type { EventDetails, HistoryEntry } from './entry';
import type { ExecutionModel, Visit } from './model';

/** Closes the open visits of an execution that ended. */
export function closeOpenVisits(visits: readonly Visit[], status: ExecutionModel['status'], end: HistoryEntry): void {
  if (status === 'TIMED_OUT') {
    closeVisits(visits, 'timed_out', end.at);
  } else if (status === 'ABORTED') {
    closeVisits(visits, 'aborted', end.at);
  } else {
    closeVisits(visits, 'failed', end.at, end.details);
  }
}

/** Closes what is open. With `failed`, the visit that carries the error failed, and its neighbours were aborted by it. */
export function closeVisits(
  visits: readonly Visit[],
  status: 'failed' | 'aborted' | 'timed_out',
  at: number,
  details?: EventDetails,
): void {
  for (const visit of visits) {
    if (visit.exitedAt !== undefined) {
      continue;
    }
    for (const lane of visit.rounds.at(-1) ?? []) {
      closeVisits(lane.visits, status, at);
      if (lane.status !== 'running') {
        continue;
      }
      lane.status = lane.visits.some((inner) => inner.status === 'failed') ? 'failed' : 'aborted';
      lane.endedAt = at;
    }
    closeAttempt(visit, status, at);
    if (status === 'failed' && visit.type === 'Fail' && details !== undefined) {
      fail(visit, details);
    }
    visit.status = closedStatus(visit, status);
    visit.exitedAt = at;
  }
}

function closedStatus(visit: Visit, status: 'failed' | 'aborted' | 'timed_out'): Visit['status'] {
  if (status !== 'failed') {
    return status;
  }
  if (visit.attempts.at(-1)?.status === 'timed_out') {
    return 'timed_out';
  }
  const failed = visit.type === 'Fail' || visit.error !== undefined || visit.status === 'failed';
  return failed || visit.rounds.length > 0 ? 'failed' : 'aborted';
}

function closeAttempt(visit: Visit, status: 'failed' | 'aborted' | 'timed_out', at: number): void {
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined || attempt.endedAt !== undefined) {
    return;
  }
  attempt.endedAt = at;
  attempt.status = status === 'timed_out' ? 'timed_out' : 'aborted';
}

export function fail(visit: Visit, details: EventDetails): void {
  visit.status = 'failed';
  if (details.error !== undefined) {
    visit.error = details.error;
  }
  if (details.cause !== undefined) {
    visit.cause = details.cause;
  }
}

export function forgetError(visit: Visit): void {
  delete visit.error;
  delete visit.cause;
}
