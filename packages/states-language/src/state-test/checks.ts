import { InvalidDefinitionError, TestStateError } from '../errors';
import type { State } from '../program/program';
import { Data } from '../values/data';
import type { JsonValue } from '../values/json';
import { isObject } from '../values/json';
import type { IsolatedState } from './isolated-state';
import { fieldsOf } from './isolated-state';
import type { Mock, TestStateOptions } from './options';

/**
 * Refuses a request that AWS refuses.
 *
 * @returns the mocked result, if there is one.
 * @throws {@link TestStateError}, and {@link InvalidDefinitionError} for a Map or Parallel state without a mock.
 */
export function checkRequest(isolated: IsolatedState, options: TestStateOptions): Data | undefined {
  const { state } = isolated;
  const { mock, revealSecrets, stateConfiguration } = options;
  checkErrorSource(isolated, stateConfiguration?.errorCausedByState);
  if (mock === undefined) {
    checkRunnable(state, options);
    return undefined;
  }
  checkMockable(state);
  if (revealSecrets === true) {
    throw new TestStateError('TestState does not support RevealSecrets when a mock is specified.');
  }
  if (mock.result !== undefined && mock.errorOutput !== undefined) {
    throw new TestStateError('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (mock.result === undefined) {
    if (mock.errorOutput === undefined) {
      throw new TestStateError('A test mock should have one of the following fields: [result, errorOutput].');
    }
    return undefined;
  }
  const result = parseResult(mock.result);
  checkResult(isolated, result.value, mock, options);
  return result;
}

/** As AWS answered for Pass, Succeed and Fail; nothing of a Choice or a Wait could be mocked either. */
function checkMockable(state: State): void {
  if (state.type !== 'Task' && state.type !== 'Map' && state.type !== 'Parallel') {
    throw new TestStateError(`State type '${state.type}' is not supported when a mock is specified`);
  }
}

/** Refuses what cannot be tested without a mock: it would run other states, or wait for somebody. */
function checkRunnable(state: State, { context, stateConfiguration, tasks }: TestStateOptions): void {
  if (context !== undefined) {
    checkMockable(state);
    throw new TestStateError('A Context object can be specified only together with a mock');
  }
  if (stateConfiguration?.mapIterationFailureCount !== undefined) {
    throw new TestStateError('mapIterationFailureCount can be specified only together with a mock');
  }
  if (state.type === 'Map' || state.type === 'Parallel') {
    // In the words of AWS, which speak of a test without a mock.
    const supported = 'Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]';
    throw new InvalidDefinitionError(`TestState API does not support Map or Parallel states. ${supported}`, []);
  }
  if (state.type !== 'Task') {
    return;
  }
  if (state.resource.pattern !== 'REQUEST_RESPONSE' || state.resource.action === 'activity') {
    throw new TestStateError(
      'TestState supports Activity tasks and the .sync and .waitForTaskToken service integration patterns only when a mock is specified',
    );
  }
  if (tasks === undefined) {
    throw new TestStateError('RoleArn must be specified when testing a Task state');
  }
}

function checkErrorSource({ fields, state }: IsolatedState, source: string | undefined): void {
  if (source === undefined || source === state.name) {
    return;
  }
  const branches = [fields.ItemProcessor, fields.Iterator, ...(Array.isArray(fields.Branches) ? fields.Branches : [])];
  if (fieldsOf(branches.filter(isObject), source) === undefined) {
    throw new TestStateError(
      `errorCausedByState must name a state inside the tested state, but there is no '${source}'`,
    );
  }
}

function parseResult(text: string): Data {
  try {
    return Data.parse(text);
  } catch {
    throw new TestStateError('Mocked result must be valid JSON');
  }
}

function checkResult({ state, fields }: IsolatedState, result: JsonValue, mock: Mock, options: TestStateOptions): void {
  if (state.type === 'Task') {
    const { fieldValidationMode: mode = 'STRICT' } = mock;
    const problem = mode === 'NONE' ? undefined : options.checkResult?.(state.resource, result, mode);
    if (problem !== undefined) {
      throw new TestStateError(`Mock result schema validation error: ${problem}`);
    }
    return;
  }
  if (state.type === 'Map' && fields.ResultWriter !== undefined) {
    if (!isObject(result)) {
      throw new TestStateError('Mocked result must be a JSON object.');
    }
    return;
  }
  if (!Array.isArray(result)) {
    throw new TestStateError('Mocked result must be an array.');
  }
  if (state.type === 'Parallel' && result.length !== state.branches.length) {
    throw new TestStateError('Mocked result must contain the same number of items as number of Parallel branches.');
  }
}
