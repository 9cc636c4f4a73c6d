import { FieldError, StateFailure } from '../failures';
import type { StateTypeName } from '../history';
import type { State } from '../program/program';
import type { Data } from '../values/data';
import type { ActiveState, Branch } from './branch';
import { NOT_TRUNCATED } from './details';
import { failureOf } from './field-errors';
import { readMaxConcurrency, runMap } from './map';
import { runParallel } from './parallel';
import type { Runtime } from './runtime';
import { runChoice, runFail, runPass, runSucceed, runWait } from './simple-states';
import type { Transition } from './state-exit';
import { type Steps, TURN } from './suspension';
import { runTask } from './task';

/** Runs a branch from its start, or from the state that it was left in, to its outcome. */
export function* runBranch(runtime: Runtime, branch: Branch): Steps<void> {
  try {
    const output = yield* runStates(runtime, branch);
    branch.outcome = { status: 'SUCCEEDED', output };
    branch.active = undefined;
  } catch (thrown) {
    if (!(thrown instanceof StateFailure)) {
      throw thrown;
    }
    branch.outcome = { status: 'FAILED', failure: thrown };
  }
}

function* runStates(runtime: Runtime, branch: Branch): Steps<Data> {
  let input = branch.input;
  let name = branch.machine.startAt;
  let resumed = branch.active;
  for (;;) {
    const active = resumed ?? (yield* enterState(runtime, branch, stateOf(branch, name), input));
    resumed = undefined;
    const { output, next } = yield* runState(runtime, branch, active);
    if (next === undefined) {
      return output;
    }
    input = output;
    name = next;
    yield TURN;
  }
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
  const entering: ActiveState = {
    state,
    input,
    enteredEventId: 0,
    cameFromEventId,
    enteredAtMs: runtime.nowMs,
    retryCount: 0,
  };
  if (state.type === 'Map' && state.language === 'JSONPath' && state.maxConcurrency !== undefined) {
    yield* checkConcurrency(runtime, branch, entering);
  }
  const enteredEventId = runtime.emit(branch, `${state.type as StateTypeName}StateEntered`, {
    stateEnteredEventDetails: { name: state.name, input: input.text, inputDetails: NOT_TRUNCATED },
  });
  const active: ActiveState = { ...entering, enteredEventId };
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

function* runState(runtime: Runtime, branch: Branch, active: ActiveState): Steps<Transition> {
  try {
    return yield* dispatch(runtime, branch, active);
  } catch (thrown) {
    throw failureOf(runtime, branch, active, thrown);
  }
}

function dispatch(runtime: Runtime, branch: Branch, active: ActiveState): Steps<Transition> {
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
