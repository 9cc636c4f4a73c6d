import { branchesOf, type Definition, findState } from '@workflows/states-language/document';
import { isAttemptEvent, recordAttempt } from './attempts';
import { closeOpenVisits } from './close';
import type { HistoryEntry } from './entry';
import type { ExecutionModel, Lane, TimelineEvent, Visit } from './model';
import { around, type Place, pathOf, type Sequence } from './place';
import { abort, endIteration, evaluationFailed, exit, settleRound, startIteration, startRound } from './transitions';

const END_STATUS: Readonly<Record<string, ExecutionModel['status']>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

/**
 * Builds the model of an execution from its history. Events say which event caused them (`previousEventId`), and from
 * that follows the state, iteration or branch that each belongs to.
 *
 * @param definition names the branches of Parallel states; without it they are numbered as they appear
 */
export function buildModel(entries: readonly HistoryEntry[], definition?: Definition): ExecutionModel {
  const builder = new ModelBuilder(definition);
  for (const entry of entries) {
    builder.add(entry);
  }
  return builder.finish();
}

class ModelBuilder {
  readonly #root: Sequence = { visits: [] };
  readonly #places = new Map<number, Place>();
  readonly #times = new Map<number, number>();
  readonly #timeline: TimelineEvent[] = [];
  #started: HistoryEntry | undefined;
  #ended: HistoryEntry | undefined;
  #redriveCount = 0;
  #lastTask: (Place & { visit: Visit }) | undefined;

  readonly #definition: Definition | undefined;

  constructor(definition: Definition | undefined) {
    this.#definition = definition;
  }

  add(event: HistoryEntry): void {
    const before = this.#places.get(event.previousEventId) ?? { sequence: this.#root };
    const place = this.#apply(event, before);
    this.#places.set(event.id, place);
    this.#times.set(event.id, event.at);
    const visit = place.visit;
    this.#timeline.push({
      id: event.id,
      previousEventId: event.previousEventId,
      type: event.type,
      at: event.at,
      sincePreviousMs: Math.max(
        0,
        event.at - (this.#times.get(event.previousEventId) ?? this.#started?.at ?? event.at),
      ),
      ...(visit === undefined ? {} : { state: visit.state, visit: visit.id }),
      path: pathOf(place),
      details: { ...event.details },
    });
  }

  finish(): ExecutionModel {
    const status = END_STATUS[this.#ended?.type ?? ''] ?? 'RUNNING';
    if (this.#ended !== undefined) {
      closeOpenVisits(this.#root.visits, status, this.#ended);
    }
    const { output, error, cause } = this.#ended?.details ?? {};
    const input = this.#started?.details.input;
    return {
      status,
      ...(this.#started === undefined ? {} : { startedAt: this.#started.at }),
      ...(this.#ended === undefined ? {} : { endedAt: this.#ended.at }),
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
      redriveCount: this.#redriveCount,
      visits: this.#root.visits,
      timeline: this.#timeline,
    };
  }

  #apply(event: HistoryEntry, before: Place): Place {
    const { type } = event;
    if (type.startsWith('Execution')) {
      return this.#execution(event, before);
    }
    if (type.endsWith('StateEntered')) {
      return this.#enter(event, before);
    }
    if (type.endsWith('StateExited')) {
      return exit(event, before);
    }
    if (isAttemptEvent(type)) {
      return this.#attempt(event, before);
    }
    if (type === 'MapStateStarted' || type === 'ParallelStateStarted') {
      return startRound(event, before);
    }
    if (type === 'MapIterationStarted') {
      return startIteration(event, before);
    }
    if (type.startsWith('MapIteration')) {
      return endIteration(event, before);
    }
    if (/^(Map|Parallel)State(Failed|Aborted|Succeeded)$/.test(type)) {
      return settleRound(event, before);
    }
    if (type === 'EvaluationFailed') {
      return evaluationFailed(event, before);
    }
    if (type.endsWith('StateAborted')) {
      return abort(event, before);
    }
    if (type === 'MapRunStarted' && before.visit !== undefined && event.details.mapRunArn !== undefined) {
      before.visit.mapRunArn = event.details.mapRunArn;
    }
    return before;
  }

  #execution(event: HistoryEntry, before: Place): Place {
    if (event.type === 'ExecutionStarted') {
      this.#started = event;
    } else if (event.type === 'ExecutionRedriven') {
      this.#redriveCount = event.details.redriveCount ?? this.#redriveCount + 1;
      this.#ended = undefined;
    } else {
      this.#ended = event;
    }
    return event.type === 'ExecutionRedriven' ? before : { sequence: this.#root };
  }

  #enter(event: HistoryEntry, before: Place): Place {
    const visit: Visit = {
      id: event.id,
      state: event.details.name ?? '',
      type: event.type.slice(0, -'StateEntered'.length),
      status: event.type === 'WaitStateEntered' ? 'waiting' : 'running',
      enteredAt: event.at,
      ...(event.details.input === undefined ? {} : { input: event.details.input }),
      attempts: [],
      rounds: [],
    };
    const forks = before.visit?.type === 'Parallel' && before.visit.exitedAt === undefined;
    const sequence = forks ? this.#branch(before as Place & { visit: Visit }, visit) : before.sequence;
    sequence.visits.push(visit);
    return { sequence, visit };
  }

  /** The first state of a branch of a Parallel state: opens the branch. */
  #branch(parallel: Place & { visit: Visit }, first: Visit): Sequence {
    const lanes = parallel.visit.rounds.at(-1) ?? [];
    if (parallel.visit.rounds.length === 0) {
      parallel.visit.rounds.push(lanes);
    }
    const state = this.#definition && findState(this.#definition, parallel.visit.state);
    const branches = state?.Type === 'Parallel' ? branchesOf(state) : [];
    const named = branches.findIndex(([, branch]) => branch.StartAt === first.state);
    const lane: Lane = {
      index: named === -1 ? lanes.length : named,
      visits: [],
      startedAt: first.enteredAt,
      status: 'running',
    };
    lanes.push(lane);
    return { visits: lane.visits, inside: { place: parallel, visit: parallel.visit, lane } };
  }

  #attempt(event: HistoryEntry, before: Place): Place {
    // After a redrive the chain of events does not lead back to the state that is tried again.
    const place = around(before, (visit) => visit.type === 'Task' && visit.exitedAt === undefined) ?? this.#lastTask;
    if (place === undefined) {
      return before;
    }
    this.#lastTask = place;
    recordAttempt(place.visit, event);
    return place;
  }
}
