import { FieldError } from '../failures';
import type { State } from '../program/program';
import type { Data } from '../values/data';
import { ActiveState, type Branch } from './branch';
import { NOT_TRUNCATED } from './details';
import { ENTERED } from './event-types';
import { failureOf } from './field-errors';
import { runMap } from './map';
import { readMaxConcurrency } from './max-concurrency';
import { runParallel } from './parallel';
import type { Runtime } from './runtime';
import { runChoice, runFail, runPass, runSucceed, runWait } from './simple-states';
import type { Transition } from './state-exit';
import { type Steps, TURN } from './suspension';
import { runTask } from './task';

/**
 * Runs a branch from its start, or from the state that it was left in, to its outcome. One generator for the branch and
 * one for its state: what waits in them waits in many executions at once.
 */
export function* runBranch(runtime: Runtime, branch: Branch): Steps<void> {
  let input = branch.input;
  let name: string | undefined = branch.machine.startAt;
  let resumed = branch.active;
  while (name !== undefined) {
    const active: ActiveState = resumed ?? (yield* enterState(runtime, branch, stateOf(branch, name), input));
    resumed = undefined;
    let transition: Transition;
    try {
      transition = yield* dispatch(runtime, branch, active);
    } catch (thrown) {
      branch.outcome = { status: 'FAILED', failure: failureOf(runtime, branch, active, thrown) };
      return;
    }
    input = transition.output;
    name = transition.next;
    if (name !== undefined) {
      yield TURN;
    }
  }
  branch.outcome = { status: 'SUCCEEDED', output: input };
  branch.active = undefined;
}

function stateOf(branch: Branch, name: string): State {
  const state = branch.machine.states.get(name);
  if (state === undefined) {
    throw new Error(`The program has no state '${name}'`);
  }
  return state;
}

function* enterState(runtime: Runtime, branch: Branch, state: State, input: Data): Steps<ActiveState> {
  const cameFromEventId = branch.lastEventId;
  const active = new ActiveState(state, input, cameFromEventId, runtime.nowMs);
  if (state.type === 'Map' && state.language === 'JSONPath' && state.maxConcurrency !== undefined) {
    yield* checkConcurrency(runtime, branch, active);
  }
  active.enteredEventId = runtime.emit(branch, ENTERED[state.type], {
    stateEnteredEventDetails: { name: state.name, input: input.text, inputDetails: NOT_TRUNCATED },
  });
  branch.active = active;
  return active;
}

/** Only a negative value shows before the state is entered; any other mistake is the entered state's. */
function* checkConcurrency(runtime: Runtime, branch: Branch, entering: ActiveState): Steps<void> {
  if (entering.state.type !== 'Map') {
    return;
  }
  try {
    yield* readMaxConcurrency(runtime, branch, entering, entering.state);
  } catch (thrown) {
    if (!(thrown instanceof FieldError)) {
      throw thrown;
    }
  }
}

export function dispatch(runtime: Runtime, branch: Branch, active: ActiveState): Steps<Transition> {
  const { state } = active;
  switch (state.type) {
    case 'Pass':
      return runPass(runtime, branch, active, state);
    case 'Task':
      return runTask(runtime, branch, active, state);
    case 'Choice':
      return runChoice(runtime, branch, active, state);
    case 'Wait':
      return runWait(runtime, branch, active, state);
    case 'Succeed':
      return runSucceed(runtime, branch, active, state);
    case 'Fail':
      return runFail(runtime, branch, active, state);
    case 'Parallel':
      return runParallel(runtime, branch, active, state);
    case 'Map':
      return runMap(runtime, branch, active, state);
  }
}
