import { closeVisits, fail, forgetError } from './close';
import type { HistoryEntry } from './entry';
import type { Lane, Visit } from './model';
import { around, type Place } from './place';

export function exit(event: HistoryEntry, before: Place): Place {
  const place = around(before, (visit) => visit.state === event.details.name && visit.exitedAt === undefined);
  if (place === undefined) {
    return before;
  }
  const { visit } = place;
  visit.exitedAt = event.at;
  visit.status = visit.error === undefined && visit.status !== 'failed' ? 'succeeded' : 'caught';
  if (event.details.output !== undefined) {
    visit.output = event.details.output;
  }
  if (event.details.assignedVariables !== undefined) {
    visit.assigned = event.details.assignedVariables;
  }
  for (const lane of visit.rounds.at(-1) ?? []) {
    if (lane.status !== 'running') {
      continue;
    }
    lane.status = visit.status === 'succeeded' ? 'succeeded' : 'aborted';
    lane.endedAt = lane.visits.at(-1)?.exitedAt ?? event.at;
  }
  return place;
}

export function startRound(event: HistoryEntry, before: Place): Place {
  const type = event.type.startsWith('Map') ? 'Map' : 'Parallel';
  const place = around(before, (visit) => visit.type === type && visit.exitedAt === undefined);
  if (place === undefined) {
    return before;
  }
  place.visit.rounds.push([]);
  place.visit.status = 'running';
  forgetError(place.visit);
  return place;
}

export function startIteration(event: HistoryEntry, before: Place): Place {
  const place = around(before, (visit) => visit.state === event.details.name && visit.exitedAt === undefined);
  if (place === undefined) {
    return before;
  }
  const lane: Lane = { index: event.details.index ?? 0, visits: [], startedAt: event.at, status: 'running' };
  if (place.visit.rounds.length === 0) {
    place.visit.rounds.push([]);
  }
  place.visit.rounds.at(-1)?.push(lane);
  return { sequence: { visits: lane.visits, inside: { place, visit: place.visit, lane } } };
}

export function endIteration(event: HistoryEntry, before: Place): Place {
  const place = around(before, (visit) => visit.state === event.details.name && visit.type === 'Map');
  if (place === undefined) {
    return before;
  }
  const lane = place.visit.rounds.at(-1)?.find((it) => it.index === event.details.index);
  if (lane === undefined) {
    return place;
  }
  lane.endedAt = event.at;
  lane.status = laneStatus(event.type);
  if (lane.status === 'failed') {
    closeVisits(lane.visits, 'failed', event.at);
  }
  if (lane.status === 'aborted') {
    closeVisits(lane.visits, 'aborted', event.at);
  }
  return place;
}

function laneStatus(type: string): Lane['status'] {
  if (type.endsWith('Succeeded')) {
    return 'succeeded';
  }
  return type.endsWith('Failed') ? 'failed' : 'aborted';
}

export function settleRound(event: HistoryEntry, before: Place): Place {
  const type = event.type.startsWith('Map') ? 'Map' : 'Parallel';
  const open = (visit: Visit) => visit.type === type && visit.exitedAt === undefined && visit.status === 'running';
  const place = around(before, open);
  if (place === undefined) {
    return before;
  }
  if (event.type.endsWith('Failed')) {
    place.visit.status = 'failed';
    for (const lane of place.visit.rounds.at(-1) ?? []) {
      if (lane.status !== 'running') {
        continue;
      }
      const failed = lane.visits.at(-1);
      lane.status = failed?.error !== undefined || failed?.type === 'Fail' ? 'failed' : 'aborted';
      lane.endedAt = event.at;
      closeVisits(lane.visits, lane.status, event.at);
    }
  }
  if (event.type.endsWith('Aborted')) {
    place.visit.status = 'aborted';
  }
  return place;
}

export function evaluationFailed(event: HistoryEntry, before: Place): Place {
  const place = around(before, (visit) => visit.state === event.details.state) ?? before;
  if (place.visit !== undefined) {
    fail(place.visit, event.details);
  }
  return place;
}

export function abort(event: HistoryEntry, before: Place): Place {
  const place = around(before, (visit) => visit.exitedAt === undefined);
  if (place === undefined) {
    return before;
  }
  place.visit.status = 'aborted';
  const attempt = place.visit.attempts.at(-1);
  if (attempt !== undefined && attempt.endedAt === undefined) {
    attempt.status = 'aborted';
    attempt.endedAt = event.at;
  }
  return place;
}
