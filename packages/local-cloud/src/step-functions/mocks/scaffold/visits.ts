import { type Definition, findState, type HistoryEvent, type JsonValue, type State } from '@workflows/states-language';
import { type Facts, valueAt } from './edits';
import { firstItem } from './items';
import { segmentsOf } from './paths';
import type { Rehearsal } from './rehearse';

/** One time that an execution was in a state. */
export interface Visit {
  readonly name: string;
  readonly state: State;
  readonly facts: Facts;
  /** Where the execution went from here; `undefined` at an end and after a failure. */
  readonly next: string | undefined;
  /** What a JSONata expression of the state said when it failed. */
  readonly evaluationFailure: string | undefined;
  /** What the execution failed with, in this state. */
  readonly failure: string | undefined;
  /** How many requests were made, one for each attempt. */
  readonly attempts: number;
}

const TASK_CALL = /^(Task|LambdaFunction|Activity)Scheduled$/;
const MAP_CALL = /^MapRunStarted$/;

/** In the order of their beginnings, execution by execution. */
export function visitsOf(definition: Definition, { histories }: Rehearsal): Visit[] {
  return [...histories.values()].flatMap((events) => visitsIn(definition, events));
}

function visitsIn(definition: Definition, events: readonly HistoryEvent[]): Visit[] {
  const followers = new Map<number, HistoryEvent[]>();
  for (const event of events) {
    const previous = event.previousEventId ?? 0;
    followers.set(previous, [...(followers.get(previous) ?? []), event]);
  }
  const executionInput = parsed(events[0]?.executionStartedEventDetails?.input);
  const variables = new Map<string, JsonValue>();
  const failed = events.find(({ type }) => type === 'ExecutionFailed')?.executionFailedEventDetails?.cause;
  const visits: Visit[] = [];
  for (const event of events) {
    for (const [name, text] of Object.entries(event.stateExitedEventDetails?.assignedVariables ?? {})) {
      variables.set(name, parsed(text));
    }
    const entered = event.stateEnteredEventDetails;
    const state = entered && findState(definition, entered.name);
    if (entered !== undefined && state !== undefined) {
      const inside = eventsOfVisit(event, followers);
      const exit = inside.find((other) => other.stateExitedEventDetails?.name === entered.name);
      const next = exit && followers.get(exit.id)?.find((other) => other.stateEnteredEventDetails !== undefined);
      visits.push({
        name: entered.name,
        state,
        facts: factsOf(state, parsed(entered.input), inside, { executionInput, variables: new Map(variables) }),
        next: next?.stateEnteredEventDetails?.name,
        evaluationFailure: evaluationFailureIn(events, event),
        failure:
          failed?.includes(atEvent(event)) === true ? failed : causeIn(next?.stateEnteredEventDetails?.input, event),
        attempts: inside.filter(({ type }) => (state.Type === 'Map' ? MAP_CALL : TASK_CALL).test(type)).length,
      });
    }
  }
  return visits;
}

/** The events from the entry of a state to its exit, along the chain of predecessors. */
function eventsOfVisit(entered: HistoryEvent, followers: ReadonlyMap<number, readonly HistoryEvent[]>): HistoryEvent[] {
  const found: HistoryEvent[] = [];
  const open: HistoryEvent[] = [entered];
  for (let event = open.pop(); event !== undefined; event = open.pop()) {
    found.push(event);
    const isExit = event.stateExitedEventDetails?.name === entered.stateEnteredEventDetails?.name;
    open.push(...(isExit ? [] : (followers.get(event.id) ?? [])));
  }
  return found.sort((one, other) => one.id - other.id);
}

function factsOf(
  state: State,
  entered: JsonValue,
  events: readonly HistoryEvent[],
  more: Pick<Facts, 'executionInput' | 'variables'>,
): Facts {
  const path = 'InputPath' in state && typeof state.InputPath === 'string' ? segmentsOf(state.InputPath) : [];
  const results = events.flatMap((event) => {
    const details = event.taskSucceededEventDetails ?? event.lambdaFunctionSucceededEventDetails;
    return details?.output === undefined ? [] : [parsed(details.output)];
  });
  const facts = { entered, input: valueAt(entered, path) ?? entered, result: results.at(-1), ...more };
  return { ...facts, item: firstItem(state, facts) };
}

/** The event of a failed expression names its state, and comes after the entry. */
function evaluationFailureIn(events: readonly HistoryEvent[], entered: HistoryEvent): string | undefined {
  return events.find(({ evaluationFailedEventDetails: details }) => details?.cause?.includes(atEvent(entered)))
    ?.evaluationFailedEventDetails?.cause;
}

/** How a cause names the visit that it is of. */
const atEvent = ({ id }: HistoryEvent): string => `(entered at the event id #${id})`;

/** The cause of a failure of the visit, which a catcher has put into the input of the next state. */
function causeIn(input: string | undefined, entered: HistoryEvent): string | undefined {
  if (input?.includes(atEvent(entered)) !== true) {
    return undefined;
  }
  const values: JsonValue[] = [parsed(input)];
  for (let value = values.pop(); value !== undefined; value = values.pop()) {
    if (typeof value === 'string' && value.includes(atEvent(entered))) {
      return value;
    }
    if (typeof value === 'object' && value !== null) {
      values.push(...Object.values(value));
    }
  }
  return undefined;
}

function parsed(text: string | undefined): JsonValue {
  return text === undefined ? {} : (JSON.parse(text) as JsonValue);
}
