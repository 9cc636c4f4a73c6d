import type { RunningTask } from '@workflows/states-language';
import { attemptKeys, type MockedOutcome, outcomeOf, type TestCase } from './configuration';

/**
 * What the calls of one execution come to.
 *
 * Each state has one count for the whole execution, and each call advances it: a retry, another turn of a loop, another
 * item of a Map. Step Functions Local 2.0.0 counts like this (measured in
 * https://github.com/floci-io/floci/issues/3254 and https://github.com/localstack/localstack/issues/12846); its guide
 * speaks of retries only. An attempt that has no mock ends in `States.Runtime`, as there.
 */
export class MockedCalls {
  readonly #counts = new Map<string, number>();
  readonly #testCase: TestCase;

  constructor(testCase: TestCase) {
    this.#testCase = testCase;
  }

  mocks(state: string): boolean {
    return this.#testCase.states.has(state);
  }

  /**
   * Reports the outcome of one more call, though not before the interpreter has taken the call into its books;
   * `undefined` for a state that is not mocked.
   */
  answer(state: string, report: (outcome: MockedOutcome) => void): RunningTask | undefined {
    const outcome = this.next(state);
    if (outcome === undefined) {
      return undefined;
    }
    queueMicrotask(() => report(outcome));
    return { cancel: () => undefined };
  }

  /** The outcome of one more call; `undefined` for a state that is not mocked. */
  next(state: string): MockedOutcome | undefined {
    const response = this.#testCase.states.get(state);
    if (response === undefined) {
      return undefined;
    }
    const attempt = this.#counts.get(state) ?? 0;
    this.#counts.set(state, attempt + 1);
    return (
      outcomeOf(response, attempt) ?? {
        kind: 'throw',
        error: 'States.Runtime',
        cause:
          `The mocked response '${response.name}' has nothing for attempt ${attempt} of the state '${state}' ` +
          `(test case '${this.#testCase.name}'). It has: ${attemptKeys(response) || 'no attempts'}.`,
      }
    );
  }
}
