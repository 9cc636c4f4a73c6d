import { type Definition, type JsonValue, parseTaskResource, statesOf } from '@workflows/states-language';
import { toMake } from './conditions';
import { demandsOf } from './demands';
import { applyAll, type Edit } from './edits';
import type { Fault } from './faults';
import { exampleResult } from './integration-results';
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

/** The first answer of a state, where that is to lead another way than those that follow. */
const first = (state: string): Source => `${state}\n`;

/** Examples of what each mocked state answers. */
export function firstSample(definition: Definition): Sample {
  const results = [...statesOf(definition)].flatMap(({ name, state }): [Source, JsonValue][] => {
    if (state.Type === 'Task') {
      return [[name, exampleResult(parseTaskResource(state.Resource))]];
    }
    return state.Type === 'Map' && state.ItemReader !== undefined ? [[name, [{ Key: 'example-key', Size: 1 }]]] : [];
  });
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
      mocked.map(({ name }) => [name, attempts(name, (source) => sample.marked(source), plan, OFTEN)]),
    );
    visits = visitsOf(definition, await rehearse(text, sample.marked(INPUT), responses));
    if (!improve(sample, visits, plan)) {
      break;
    }
  }
  const responses = new Map(
    mocked.map(({ inside, name }) => {
      const times = plan.faults.find(({ thrower }) => thrower === name)?.times ?? 0;
      const calls = visits.reduce((sum, visit) => sum + (visit.name === name ? visit.attempts : 0), 0);
      const more = inside || calls > times + 1 ? OFTEN : 0;
      return [name, attempts(name, (source) => sample.plain(source), plan, more)];
    }),
  );
  return { input: sample.plain(INPUT), responses, visits, sample };
}

function mockedStates(definition: Definition): { readonly name: string; readonly inside: boolean }[] {
  return [...statesOf(definition)].flatMap(({ name, parent, state }) =>
    state.Type === 'Task' || (state.Type === 'Map' && state.ItemReader !== undefined)
      ? [{ name, inside: parent !== undefined }]
      : [],
  );
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
  const missing = cause === undefined ? [] : demandsOf(cause, facts);
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
  state: string,
  answer: (source: Source) => JsonValue,
  { detour, faults }: Plan,
  more: number,
): Attempts {
  const fault = faults.find(({ thrower }) => thrower === state);
  const times = fault?.times ?? 0;
  const others = answer(state);
  const one = detour === undefined ? others : answer(first(state));
  const isSame = more === 0 || JSON.stringify(one) === JSON.stringify(others);
  return {
    ...(fault === undefined ? {} : { [range(0, times - 1)]: { Throw: { Error: fault.error, Cause: 'Mocked' } } }),
    [range(times, isSame ? times + more : times)]: { Return: one },
    ...(isSame ? {} : { [range(times + 1, times + more)]: { Return: others } }),
  };
}

const range = (from: number, to: number): string => (from === to ? String(from) : `${from}-${to}`);
