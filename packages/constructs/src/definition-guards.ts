import {
  type Definition,
  type Expression,
  isExpression,
  PATTERN_SUFFIX,
  passesTaskToken,
  type QueryLanguage,
  statesOf,
  type TaskState,
} from '@workflows/states-language';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import {
  COMPUTED_SECONDS,
  callbackLogsExecutionData,
  callbackWithoutCatch,
  callbackWithoutTimeout,
  callbackWithoutToken,
  heartbeatNotBelowTimeout,
  outOfRange,
} from './errors';

/** The longest an execution, and with it any wait, can last: one year. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_WAIT_SECONDS = 31_536_000;

/**
 * Refuses callback states that could hang or leak: each passes its task token, bounds its wait, and catches what goes
 * wrong.
 *
 * @throws {ConstructError} naming the state.
 */
export function checkCallbackStates(scope: Construct, definition: Definition, logsExecutionData: boolean): void {
  for (const { language, name, state } of statesOf(definition)) {
    if (state.Type === 'Task' && state.Resource.endsWith(PATTERN_SUFFIX.WAIT_FOR_TASK_TOKEN)) {
      checkCallbackState(scope, { language, name, state }, logsExecutionData);
    }
  }
}

interface CallbackState {
  readonly language: QueryLanguage;
  readonly name: string;
  readonly state: TaskState;
}

function checkCallbackState(scope: Construct, { language, name, state }: CallbackState, logs: boolean): void {
  const { path } = scope.node;
  const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = state;
  if (!passesTaskToken(state)) {
    throw callbackWithoutToken(path, name, language);
  }
  if (!isWait(timeout) && !('TimeoutSecondsPath' in state)) {
    throw callbackWithoutTimeout(path, name, timeout, language);
  }
  if (heartbeat !== undefined && !isWait(heartbeat)) {
    throw outOfRange(
      path,
      `HeartbeatSeconds of state ${JSON.stringify(name)}`,
      heartbeat,
      `1 to ${MAX_WAIT_SECONDS}, or ${COMPUTED_SECONDS[language]('Heartbeat')}`,
      'Omit it if the external service sends no heartbeats.',
    );
  }
  if (isLiteral(timeout) && isLiteral(heartbeat) && heartbeat >= timeout) {
    throw heartbeatNotBelowTimeout(path, name, heartbeat, timeout);
  }
  if (!state.Catch?.some((it) => it.ErrorEquals.includes('States.ALL'))) {
    throw callbackWithoutCatch(path, name);
  }
  if (logs) {
    throw callbackLogsExecutionData(path, name);
  }
}

const isLiteral = (value: unknown): value is number => typeof value === 'number' && !Token.isUnresolved(value);

const isWait = (value: number | Expression | undefined): boolean =>
  isExpression(value) ||
  (typeof value === 'number' &&
    (Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1 && value <= MAX_WAIT_SECONDS)));
