import { type Definition, type State, statesOf } from '@workflows/states-language';
import { AwsError } from '../../contracts';
import { validationException } from '../errors';
import type { MockConfiguration, TestCase } from './configuration';

/** The ARN of a state machine with the name of a test case behind it, as Step Functions Local takes it: `<ARN>#<name>`. */
const TEST_CASE = /#.*$/s;

/** Takes the test case off an ARN. */
export function withoutTestCase(arn: string): string {
  return arn.replace(TEST_CASE, '');
}

/**
 * The test case behind an ARN, if there is one. As in Step Functions Local 2.0.0, a `#` with nothing behind it chooses
 * none.
 *
 * @throws {AwsError} `ValidationException` that names the test cases that there are; `StateMachineDoesNotExist` where
 * nothing is mocked, as AWS takes the `#` for a part of the name
 */
export function testCaseOf(
  mocks: MockConfiguration | undefined,
  arn: string,
  stateMachine: string,
): TestCase | undefined {
  const [suffix] = TEST_CASE.exec(arn) ?? [];
  if (suffix === undefined) {
    return undefined;
  }
  if (mocks === undefined) {
    const message = `State Machine Does Not Exist: '${arn}'. To choose a test case by '#', name a mock configuration with --mocks or SFN_MOCK_CONFIG.`;
    throw new AwsError('StateMachineDoesNotExist', message);
  }
  return suffix === '#' ? undefined : findTestCase(mocks, stateMachine, suffix.slice(1));
}

function findTestCase(mocks: MockConfiguration, stateMachine: string, name: string): TestCase {
  const testCases = mocks.stateMachines.get(stateMachine);
  const testCase = testCases?.get(name);
  if (testCases === undefined) {
    throw validationException(
      `There is no test case '${name}': the mock configuration ${mocks.source} has no state machine '${stateMachine}'. It has: ${namesIn(mocks.stateMachines)}.`,
    );
  }
  if (testCase === undefined) {
    throw validationException(
      `There is no test case '${name}': the mock configuration ${mocks.source} has these test cases for the state machine '${stateMachine}': ${namesIn(testCases)}.`,
    );
  }
  return testCase;
}

/**
 * Compares the test cases of a state machine with its definition: a mock that no state of it ever uses is a mistake.
 *
 * @throws {AwsError} `ValidationException`
 */
export function checkTestCases(
  mocks: MockConfiguration | undefined,
  stateMachine: string,
  definition: Definition,
): void {
  for (const testCase of mocks?.stateMachines.get(stateMachine)?.values() ?? []) {
    checkTestCase(testCase, definition);
  }
}

function checkTestCase(testCase: TestCase, definition: Definition): void {
  const states = new Map([...statesOf(definition)].map(({ name, state }) => [name, state]));
  for (const name of testCase.states.keys()) {
    const state = states.get(name);
    if (state === undefined || !isMockable(state)) {
      const problem = state === undefined ? 'does not exist' : `is a ${state.Type} state, which calls nothing`;
      const mockable = [...states].flatMap(([other, it]) => (isMockable(it) ? [other] : []));
      throw validationException(
        `The test case '${testCase.name}' of the state machine '${testCase.stateMachine}' mocks the state '${name}', which ${problem}. States that can be mocked: ${mockable.join(', ') || 'none'}.`,
      );
    }
  }
}

/** Tasks, and Map states that read their items from a bucket or write their results to one. */
function isMockable(state: State): boolean {
  return (
    state.Type === 'Task' ||
    (state.Type === 'Map' && (state.ItemReader !== undefined || state.ResultWriter?.Resource !== undefined))
  );
}

const namesIn = (named: ReadonlyMap<string, unknown>): string => [...named.keys()].join(', ') || 'none';
