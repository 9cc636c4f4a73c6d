import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { type Definition, type Expression, type TaskState, type Template, tasksOf } from './definition';
import {
  callbackLogsExecutionData,
  callbackWithoutCatch,
  callbackWithoutTimeout,
  callbackWithoutToken,
  dynamicIntegrationTarget,
  heartbeatNotBelowTimeout,
  outOfRange,
  unsupportedIntegration,
} from './errors';
import { findIntegration, isCallback, SUPPORTED_RESOURCES } from './integrations';
import type { PolicyStatement } from './policy';

/** The longest an execution, and with it any wait, can last: one year. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_WAIT_SECONDS = 31_536_000;

const TASK_TOKEN = '$states.context.Task.Token';

const isExpression = (value: unknown): value is Expression =>
  typeof value === 'string' && /^\{%[\s\S]*%\}$/.test(value.trim());

const mentionsTaskToken = (template: Template): boolean => JSON.stringify(template).includes(TASK_TOKEN);

/**
 * Refuses callback states that could hang or leak: each passes its task token, bounds its wait, and catches what goes
 * wrong.
 *
 * @throws {ConstructError} naming the state.
 */
export function checkCallbackStates(scope: Construct, definition: Definition, logsExecutionData: boolean): void {
  for (const [name, state] of tasksOf(definition)) {
    if (isCallback(state.Resource)) {
      checkCallbackState(scope, name, state, logsExecutionData);
    }
  }
}

function checkCallbackState(scope: Construct, name: string, state: TaskState, logsExecutionData: boolean): void {
  const { path } = scope.node;
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (!mentionsTaskToken(state.Arguments)) {
    throw callbackWithoutToken(path, name);
  }
  if (!isWait(timeout)) {
    throw callbackWithoutTimeout(path, name, timeout);
  }
  if (heartbeat !== undefined && !isWait(heartbeat)) {
    throw outOfRange(
      path,
      `HeartbeatSeconds of state ${JSON.stringify(name)}`,
      heartbeat,
      `1 to ${MAX_WAIT_SECONDS}, or a JSONata expression`,
      'Leave it out when the other side sends no heartbeats.',
    );
  }
  if (isLiteral(timeout) && isLiteral(heartbeat) && heartbeat >= timeout) {
    throw heartbeatNotBelowTimeout(path, name, heartbeat, timeout);
  }
  if (!state.Catch?.some((it) => it.ErrorEquals.includes('States.ALL'))) {
    throw callbackWithoutCatch(path, name);
  }
  if (logsExecutionData) {
    throw callbackLogsExecutionData(path, name);
  }
}

const isLiteral = (value: unknown): value is number => typeof value === 'number' && !Token.isUnresolved(value);

const isWait = (value: number | Expression | undefined): boolean =>
  isExpression(value) ||
  (typeof value === 'number' &&
    (Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1 && value <= MAX_WAIT_SECONDS)));

/**
 * What the role of a state machine needs to carry out its Task states: exactly the functions and state machines that
 * the definition names.
 *
 * @throws {ConstructError} for an integration that is not known, or whose target is decided at run time.
 */
export function permissionsOf(
  scope: Construct,
  definition: Definition,
  ownIntegrations: readonly string[] = [],
): readonly PolicyStatement[] {
  return [...tasksOf(definition)].flatMap(([name, state]) => {
    if (ownIntegrations.includes(state.Resource)) {
      return [];
    }
    const integration = findIntegration(state.Resource);
    if (integration === undefined) {
      throw unsupportedIntegration(scope.node.path, name, state.Resource, SUPPORTED_RESOURCES);
    }
    return integration.permissions(targetOf(scope, name, state, integration.target));
  });
}

function targetOf(scope: Construct, name: string, state: TaskState, argument: string): string {
  const args = state.Arguments;
  const target =
    typeof args === 'object' && args !== null && !Array.isArray(args)
      ? (args as { readonly [key: string]: Template })[argument]
      : undefined;
  if (typeof target !== 'string' || isExpression(target)) {
    throw dynamicIntegrationTarget(scope.node.path, name, argument, target);
  }
  return target;
}
