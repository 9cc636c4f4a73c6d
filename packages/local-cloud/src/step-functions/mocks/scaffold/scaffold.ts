import type { Definition, JsonValue } from '@workflows/states-language';
import { type Fault, faultsOf } from './faults';
import type { Attempts } from './rehearse';
import { firstSample, type Plan, type RehearsedCase, rehearsedCase } from './rehearsed-case';
import { type Route, routeTo, shortestRoute } from './routes';

/** A mock configuration, and what its test cases begin with. */
export interface ScaffoldedMocks {
  readonly configuration: {
    readonly StateMachines: JsonValue;
    readonly MockedResponses: JsonValue;
  };
  /** By test case. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** Retriers and catchers that no test case reaches, each in a sentence. */
  readonly unreached: readonly string[];
}

/**
 * Makes mocks for a state machine: the way to a successful end, and one test case for each retrier and for each catcher
 * that the error of a task reaches. Each test case has been rehearsed.
 *
 * @param definition a valid one
 */
export async function scaffoldMocks(definition: Definition, name: string): Promise<ScaffoldedMocks> {
  const home = shortestRoute(definition);
  const happy = await rehearsedCase(definition, firstSample(definition), { home, faults: [] });
  const cases = new Map<string, RehearsedCase>([['HappyPath', happy]]);
  const unreached: string[] = [];
  const faults = faultsOf(definition);
  for (const fault of faults) {
    const plan = planFor(definition, home, faults, fault);
    const reached = plan && (await rehearsedCase(definition, happy.sample, plan));
    if (reached !== undefined && hasMet(reached, fault)) {
      cases.set(unusedName(cases, titleOf(fault)), reached);
    } else {
      unreached.push(`${fault.owner}: no test case reaches the handler of ${fault.error}.`);
    }
  }
  const responses = new Map<string, Attempts>();
  const testCases = [...cases].map(([title, { responses: own }]) => [
    title,
    Object.fromEntries([...own].map(([state, attempts]) => [state, shared(responses, state, attempts)])),
  ]);
  return {
    configuration: {
      StateMachines: { [name]: { TestCases: Object.fromEntries(testCases) } },
      MockedResponses: Object.fromEntries(responses),
    },
    inputs: Object.fromEntries([...cases].map(([title, { input }]) => [title, input])),
    unreached,
  };
}

/** The way to the state that is to meet the fault, with the faults that catchers on the way there need. */
function planFor(definition: Definition, home: Route, all: readonly Fault[], fault: Fault): Plan | undefined {
  const route = routeTo(definition, fault.owner);
  if (route === undefined) {
    return undefined;
  }
  const onTheWay = [...route.caught].map(([owner, next]) => all.find((it) => it.owner === owner && it.next === next));
  const faults = [fault, ...onTheWay].filter((it) => it !== undefined);
  return { home, detour: { route, target: fault.owner }, faults };
}

function hasMet({ visits }: RehearsedCase, { next, owner, thrower }: Fault): boolean {
  return next === undefined
    ? visits.filter((visit) => visit.name === thrower).reduce((sum, { attempts }) => sum + attempts, 0) > 1
    : visits.some((visit) => visit.name === owner && visit.next === next);
}

function titleOf({ error, next, owner }: Fault): string {
  const words = `${owner} ${next === undefined ? 'Retries' : 'Catches'} ${error}`;
  return words
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The name of a mocked response; test cases that mock a state alike share one. */
function shared(responses: Map<string, Attempts>, state: string, attempts: Attempts): string {
  const text = JSON.stringify(attempts);
  for (let number = 1; ; number++) {
    const name = number === 1 ? state : `${state} (${number})`;
    const known = responses.get(name);
    if (known === undefined || JSON.stringify(known) === text) {
      responses.set(name, attempts);
      return name;
    }
  }
}

function unusedName(cases: ReadonlyMap<string, unknown>, title: string): string {
  let name = title;
  for (let number = 2; cases.has(name); number++) {
    name = `${title}${number}`;
  }
  return name;
}
