import { runtimeError, StateFailure } from '../failures';
import { MAX_WAIT_MS } from '../limits';
import type { ChoiceRule, ChoiceState, FailState, PassState, SucceedState, WaitState } from '../program/program';
import { Data } from '../values/data';
import type { ActiveState, Branch } from './branch';
import type { Runtime } from './runtime';
import { composeOutput, evaluateAssign, exitState, selectInput, type Transition } from './state-exit';
import { StateScope } from './state-scope';
import { Mailbox, receive, type Steps, settled } from './suspension';

export function* runPass(runtime: Runtime, branch: Branch, active: ActiveState, state: PassState): Steps<Transition> {
  const { flow } = state;
  const scope = new StateScope(runtime, branch, active, active.input.value);
  const input = yield* selectInput(flow, scope);
  const parameters =
    state.parameters === undefined
      ? input
      : yield* settled(state.parameters(input === scope.input ? scope : scope.with(input)));
  scope.saw('afterParameters', parameters);
  const result = state.result === undefined ? parameters : state.result;
  // A Pass state has no $states.result.
  const value =
    flow.output === undefined ? yield* composeOutput(flow, scope, result) : yield* settled(flow.output(scope));
  const output = Data.of(value, active.input);
  const assignScope = state.language === 'JSONata' ? scope : scope.with(result);
  const assigned = yield* evaluateAssign(flow.assign, assignScope);
  exitState(runtime, branch, active, output, assigned);
  return { output, next: state.next };
}

export function* runChoice(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: ChoiceState,
): Steps<Transition> {
  const raw = new StateScope(runtime, branch, active, active.input.value);
  const input = yield* selectInput(state.flow, raw);
  const scope = input === raw.input ? raw : raw.with(input);
  const rule = yield* firstMatch(state.rules, scope);
  const next = rule?.next ?? state.defaultNext;
  if (next === undefined) {
    // The guide says `States.NoChoiceMatched`, which could be caught. Measured: https://github.com/floci-io/floci/pull/3167
    throw runtimeError('Failed to transition out of the state. The state does not point to a next state.');
  }
  const output = rule?.output ?? (rule === undefined ? state.flow.output : undefined) ?? state.flow.outputPath;
  const value = output === undefined ? input : yield* settled(output(scope));
  const assigned = yield* evaluateAssign(rule === undefined ? state.flow.assign : rule.assign, scope);
  const data = Data.of(value, active.input);
  exitState(runtime, branch, active, data, assigned);
  return { output: data, next };
}

function* firstMatch(rules: readonly ChoiceRule[], scope: StateScope): Steps<ChoiceRule | undefined> {
  for (const rule of rules) {
    if (yield* settled(rule.matches(scope))) {
      return rule;
    }
  }
  return undefined;
}

export function* runWait(runtime: Runtime, branch: Branch, active: ActiveState, state: WaitState): Steps<Transition> {
  const raw = new StateScope(runtime, branch, active, active.input.value);
  const input = yield* selectInput(state.flow, raw);
  const scope = input === raw.input ? raw : raw.with(input);
  const until = yield* settled(state.until(scope));
  if (until - runtime.nowMs >= MAX_WAIT_MS) {
    throw runtimeError('Wait state delay is too long.');
  }
  if (until > runtime.nowMs) {
    yield* sleep(runtime, branch, until);
  }
  const { output: outputTemplate, outputPath, assign } = state.flow;
  const evaluate = outputTemplate ?? outputPath;
  const output = Data.of(evaluate === undefined ? input : yield* settled(evaluate(scope)), active.input);
  exitState(runtime, branch, active, output, yield* evaluateAssign(assign, scope));
  return { output, next: state.next };
}

/** Waits until an instant, unless the branch is cancelled. */
export function* sleep(runtime: Runtime, branch: Branch, untilMs: number): Steps<void> {
  const mailbox = new Mailbox<undefined>(branch);
  branch.waitingFor = runtime.timer(runtime.nowMs + (untilMs - runtime.nowMs) * runtime.waitTimeScale, mailbox);
  yield* receive(mailbox);
  branch.waitingFor = undefined;
}

export function* runSucceed(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: SucceedState,
): Steps<Transition> {
  const scope = new StateScope(runtime, branch, active, active.input.value);
  const input = yield* selectInput(state.flow, scope);
  const evaluate = state.flow.output ?? state.flow.outputPath;
  const value =
    evaluate === undefined ? input : yield* settled(evaluate(input === scope.input ? scope : scope.with(input)));
  const output = Data.of(value, active.input);
  exitState(runtime, branch, active, output, undefined);
  return { output };
}

export function* runFail(runtime: Runtime, branch: Branch, active: ActiveState, state: FailState): Steps<never> {
  const scope = new StateScope(runtime, branch, active, active.input.value);
  scope.saw('afterInputPath', scope.input);
  const error = state.error === undefined ? undefined : yield* settled(state.error(scope));
  const cause = state.cause === undefined ? undefined : yield* settled(state.cause(scope));
  throw new StateFailure(error, cause);
}
