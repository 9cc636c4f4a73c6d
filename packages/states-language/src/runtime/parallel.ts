import type { StateFailure } from '../failures';
import type { ParallelState } from '../program/program';
import { Data } from '../values/data';
import type { JsonValue } from '../values/json';
import { type AttemptHooks, withRetries } from './attempts';
import { type ActiveState, Branch } from './branch';
import { abortChildren } from './children';
import { blaming } from './field-errors';
import type { Runtime } from './runtime';
import {
  composeOutput,
  evaluateAssign,
  exitState,
  requireWithinLimit,
  selectInput,
  type Transition,
} from './state-exit';
import { StateScope } from './state-scope';
import { Mailbox, receive, type Steps, settled } from './suspension';
import { Variables } from './variables';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export function runParallel(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: ParallelState,
): Steps<Transition> {
  return withRetries(runtime, branch, active, state, ATTEMPTS);
}

const ATTEMPTS: AttemptHooks<ParallelState> = {
  attempt,
  gaveUp: (runtime, branch) => {
    runtime.emit(branch, 'ParallelStateFailed', {});
  },
};

function* attempt(runtime: Runtime, branch: Branch, active: ActiveState, state: ParallelState): Steps<Transition> {
  const scope = new StateScope(runtime, branch, active, active.input.value);
  const children = keptChildren(active) ?? (yield* startChildren(runtime, branch, active, state, scope));
  const mocked = runtime.trial?.runInside(state);
  const result = mocked ?? (yield* runBranches(runtime, branch, active, children));
  const resultEventId = mocked === undefined ? succeeded(runtime, branch, active) : branch.lastEventId;
  return yield* blaming(branch, resultEventId, finish(runtime, branch, active, state, scope, result));
}

function* finish(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: ParallelState,
  scope: StateScope,
  result: JsonValue,
): Steps<Transition> {
  const output = new Data(yield* composeOutput(state.flow, scope, result));
  const assignScope = state.language === 'JSONata' ? scope.with(scope.input, { result }) : scope.with(result);
  exitState(runtime, branch, active, output, yield* evaluateAssign(state.flow.assign, assignScope));
  return { output, next: state.next };
}

function* runBranches(runtime: Runtime, branch: Branch, active: ActiveState, children: Branch[]): Steps<JsonValue> {
  active.children = children;
  const mailbox = new Mailbox<Branch>(branch);
  for (const child of children) {
    if (child.outcome === undefined) {
      runtime.launch(child, () => runtime.post(mailbox, child));
    }
  }
  yield* awaitChildren(runtime, branch, active, mailbox, children);
  return children.map((child) => outputOf(child).value);
}

/** The event of the result, which the exit of the state does not follow. */
function succeeded(runtime: Runtime, branch: Branch, active: ActiveState): number {
  const previous = branch.lastEventId;
  const eventId = runtime.emit(branch, 'ParallelStateSucceeded', {});
  branch.lastEventId = previous;
  active.children = undefined;
  return eventId;
}

/** On a redrive, the branches of the failed attempt: those that succeeded keep their outcome. */
function keptChildren(active: ActiveState): Branch[] | undefined {
  if (!active.redriven) {
    return undefined;
  }
  active.redriven = false;
  return active.children?.filter((child) => child !== undefined);
}

function* startChildren(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: ParallelState,
  raw: StateScope,
): Steps<Branch[]> {
  const input = yield* selectInput(state.flow, raw);
  const value = state.parameters === undefined ? input : yield* settled(state.parameters(raw.with(input)));
  const data = Data.of(value, active.input);
  requireWithinLimit(data, state.name);
  const lastEventId = runtime.emit(branch, 'ParallelStateStarted');
  const { mapItem } = branch.place;
  return state.branches.map(
    (machine) => new Branch(machine, data, new Variables(branch.variables), { lastEventId, mapItem }),
  );
}

function* awaitChildren(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  mailbox: Mailbox<Branch>,
  children: readonly Branch[],
): Steps<void> {
  let open = children.filter((child) => child.outcome?.status !== 'SUCCEEDED').length;
  while (open > 0) {
    const child = yield* receive(mailbox);
    open -= 1;
    branch.lastEventId = child.lastEventId;
    if (child.outcome?.status === 'FAILED') {
      abortChildren(runtime, active, child);
      throw child.outcome.failure satisfies StateFailure;
    }
  }
}

function outputOf(child: Branch): Data {
  if (child.outcome?.status !== 'SUCCEEDED') {
    throw new Error('A Parallel state went on without the result of a branch');
  }
  return child.outcome.output;
}
