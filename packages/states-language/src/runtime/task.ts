import { runtimeError } from '../failures';
import type { TaskRequest } from '../host';
import { argumentProblems } from '../integrations/argument-types';
import { isActivity } from '../integrations/task-resource';
import type { TaskState } from '../program/program';
import { Data } from '../values/data';
import { type AttemptHooks, withRetries } from './attempts';
import type { ActiveState, Branch } from './branch';
import { RunningTaskState } from './running-task-state';
import type { Runtime, TaskHandle, TaskLimits } from './runtime';
import { requireWithinLimit, selectInput, type Transition } from './state-exit';
import { StateScope } from './state-scope';
import { type Steps, settled } from './suspension';

export function runTask(runtime: Runtime, branch: Branch, active: ActiveState, state: TaskState): Steps<Transition> {
  return withRetries(runtime, branch, active, state, ATTEMPTS);
}

const ATTEMPTS: AttemptHooks<TaskState> = { attempt, gaveUp: () => undefined };

function* attempt(runtime: Runtime, branch: Branch, active: ActiveState, state: TaskState): Steps<RunningTaskState> {
  const running = new RunningTaskState(runtime, branch, state);
  branch.waitingFor = yield* startTask(runtime, branch, active, state, running);
  return running;
}

/** Evaluates the state's fields, and hands the task over. */
function* startTask(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: TaskState,
  running: RunningTaskState,
): Steps<TaskHandle> {
  const { pattern } = state.resource;
  if (pattern === 'WAIT_FOR_TASK_TOKEN' || (state.passesTaskToken && pattern !== 'REQUEST_RESPONSE')) {
    active.taskToken = runtime.newTaskToken();
  }
  const raw = new StateScope(runtime, branch, active, active.input.value);
  const input = yield* selectInput(state.flow, raw);
  const scope = input === raw.input ? raw : raw.with(input);
  const args = Data.of(state.parameters === undefined ? input : yield* settled(state.parameters(scope)), active.input);
  requireWithinLimit(args, state.name);
  scope.saw('afterParameters', args.value);
  const problems = argumentProblems(state.resource, args.value);
  if (problems.length > 0) {
    const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
    throw runtimeError(`The ${field} '${args.text}' could not be used to start the Task: [${problems.join(', ')}]`);
  }
  const limits: TaskLimits = {
    timeoutSeconds: state.timeoutSeconds && (yield* settled(state.timeoutSeconds(scope))),
    heartbeatSeconds: state.heartbeatSeconds && (yield* settled(state.heartbeatSeconds(scope))),
  };
  const roleArn = state.credentialsRoleArn && (yield* settled(state.credentialsRoleArn(scope)));
  // The token of an activity goes to a worker, and is not in the Context Object.
  const taskToken = isActivity(state.resource) ? runtime.newTaskToken() : active.taskToken;
  running.handedOver(args, limits, roleArn);
  const request: TaskRequest = {
    stateName: state.name,
    executionId: runtime.context.execution.id,
    stateMachineId: runtime.context.stateMachine.id,
    resource: state.resource,
    arguments: args.value,
    argumentsText: args.text,
    ...(taskToken === undefined ? {} : { taskToken }),
    ...(roleArn === undefined ? {} : { credentialsRoleArn: roleArn }),
  };
  return runtime.startTask(request, limits, running);
}
