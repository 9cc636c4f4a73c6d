import { type Definition, type JsonValue, parseTaskResource, type State, statesOf } from '@workflows/states-language';
import { toMake } from './conditions';
import { demandsOf } from './demands';
import { applyAll, type Edit } from './edits';
import type { Fault } from './faults';
import { EXAMPLE_ITEMS, EXAMPLE_WRITTEN, exampleResult } from './integration-results';
import { elementsFor, itemsFor } from './items';
import { type Attempts, rehearse } from './rehearse';
import type { Route } from './routes';
import { INPUT, Sample, type Source } from './sample';
import { type Visit, visitsOf } from './visits';

/** Where a test case is to go, and what is to happen on the way. */
export interface Plan {
  /** The way to a successful end. */
  readonly home: Route;
  /** The way to a state beyond it, and that state. @default - none */
  readonly detour?: { readonly route: Route; readonly target: string };
  readonly faults: readonly Fault[];
}

/** A test case that does what it is meant to. */
export interface RehearsedCase {
  readonly input: JsonValue;
  /** By the name of the state. */
  readonly responses: ReadonlyMap<string, Attempts>;
  readonly visits: readonly Visit[];
  readonly sample: Sample;
}

/** A sample gets better with each rehearsal, until nothing is missing or nothing helps. */
const MAX_REHEARSALS = 60;

/** A state of a Map, or of a loop, may be visited this often. */
const OFTEN = 999;

/** How often a Map inside another one reads and writes: its answers take turns. */
const MAX_TURNS = 10;

/** The first answer of a state, where that is to lead another way than those that follow. */
const first = (state: string): Source => `${state}\n`;

/** What a Map state is answered by where it has written its results. */
const written = (state: string): Source => `${state}\nwritten`;

/** A state that calls something. */
interface MockedState {
  readonly name: string;
  /** Whether it is inside a Map or Parallel state. */
  readonly inside: boolean;
  /** What it calls, one after the other, each with an example of the answer. */
  readonly calls: readonly { readonly source: Source; readonly example: JsonValue }[];
}

function mockedStates(definition: Definition): MockedState[] {
  return [...statesOf(definition)]
    .map(({ name, parent, state }) => ({ name, inside: parent !== undefined, calls: callsOf(name, state) }))
    .filter(({ calls }) => calls.length > 0);
}

function callsOf(name: string, state: State): MockedState['calls'] {
  if (state.Type === 'Task') {
    return [{ source: name, example: exampleResult(parseTaskResource(state.Resource)) }];
  }
  if (state.Type !== 'Map') {
    return [];
  }
  const reads = state.ItemReader === undefined ? [] : [{ source: name, example: EXAMPLE_ITEMS }];
  const writes =
    state.ResultWriter?.Resource === undefined ? [] : [{ source: written(name), example: EXAMPLE_WRITTEN }];
  return [...reads, ...writes];
}

/** Examples of what each mocked state answers. */
export function firstSample(definition: Definition): Sample {
  const results = mockedStates(definition).flatMap(({ calls }) =>
    calls.map(({ example, source }) => [source, example] as const),
  );
  return new Sample(new Map([[INPUT, {}], ...results]));
}

/** Rehearses a case, and puts into its sample what the states on its route read. */
export async function rehearsedCase(definition: Definition, before: Sample, plan: Plan): Promise<RehearsedCase> {
  const sample = new Sample(before);
  const mocked = mockedStates(definition);
  for (const { name } of mocked) {
    sample.copy(name, first(name));
  }
  const text = JSON.stringify(definition);
  let visits: Visit[] = [];
  for (let turn = 0; turn < MAX_REHEARSALS; turn++) {
    const responses = new Map(
      mocked.map((state) => [state.name, attempts(state, (source) => sample.marked(source), plan, OFTEN)]),
    );
    visits = visitsOf(definition, await rehearse(text, sample.marked(INPUT), responses));
    if (!improve(sample, visits, plan)) {
      break;
    }
  }
  const responses = new Map(
    mocked.map((state) => {
      const { inside, name } = state;
      const times = plan.faults.find(({ thrower }) => thrower === name)?.times ?? 0;
      const calls = visits.reduce((sum, visit) => sum + (visit.name === name ? visit.attempts : 0), 0);
      const more = inside || calls > times + 1 ? OFTEN : 0;
      return [name, attempts(state, (source) => sample.plain(source), plan, more)];
    }),
  );
  return { input: sample.plain(INPUT), responses, visits, sample };
}

/** Gives the first visit that lacks something what it lacks. @returns whether there was one */
function improve(sample: Sample, visits: readonly Visit[], { detour, home }: Plan): boolean {
  let away = detour !== undefined;
  for (const visit of visits) {
    away &&= visit.name !== detour?.target;
    const wanted = (away ? detour?.route.choices.get(visit.name) : undefined) ?? home.choices.get(visit.name);
    if (applyAll(sample, editsFor(visit, wanted))) {
      return true;
    }
  }
  return false;
}

/** What a state needs to go where it is wanted to go, and to find all that it reads. */
function editsFor({ evaluationFailure, facts, failure, next, state }: Visit, wanted: string | undefined): Edit[] {
  const cause = evaluationFailure ?? failure;
  const missing = cause === undefined ? [] : demandsOf(cause, state, facts);
  if (state.Type !== 'Choice' || wanted === undefined || wanted === next) {
    return [...missing, ...itemsFor(state, facts), ...elementsFor(state, facts)];
  }
  const right = state.Choices.find((rule) => rule.Next === wanted);
  const wrong = state.Choices.filter((rule) => rule.Next === next || (right === undefined && next === undefined));
  return [
    ...missing,
    ...wrong.flatMap((rule) => toMake(rule, false, facts)),
    ...(right === undefined ? [] : toMake(right, true, facts)),
  ];
}

/** The mocked response of a state, for so many visits after the first. */
function attempts(
  { calls, inside, name }: MockedState,
  answer: (source: Source) => JsonValue,
  { detour, faults }: Plan,
  more: number,
): Attempts {
  const fault = faults.find(({ thrower }) => thrower === name);
  const times = fault?.times ?? 0;
  const thrown =
    fault === undefined ? {} : { [range(0, times - 1)]: { Throw: { Error: fault.error, Cause: 'Mocked' } } };
  if (calls.length > 1) {
    const turns = Array.from({ length: inside ? MAX_TURNS : 1 }, () => calls).flat();
    return {
      ...thrown,
      ...Object.fromEntries(turns.map(({ source }, index) => [times + index, { Return: answer(source) }])),
    };
  }
  const others = answer(calls[0]?.source ?? name);
  const one = detour === undefined || calls[0]?.source !== name ? others : answer(first(name));
  const isSame = more === 0 || JSON.stringify(one) === JSON.stringify(others);
  return {
    ...thrown,
    [range(times, isSame ? times + more : times)]: { Return: one },
    ...(isSame ? {} : { [range(times + 1, times + more)]: { Return: others } }),
  };
}

const range = (from: number, to: number): string => (from === to ? String(from) : `${from}-${to}`);
