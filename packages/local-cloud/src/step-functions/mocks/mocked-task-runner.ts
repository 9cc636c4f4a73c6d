import type {
  Host,
  RunningTask,
  TaskListener,
  TaskRequest,
  TaskResource,
  TaskRunner,
} from '@workflows/states-language';
import { attemptKeys, type MockedOutcome, outcomeOf, type TestCase } from './configuration';

const NOTHING_TO_CANCEL: RunningTask = { cancel: () => undefined };

/** The host of one execution of a test case: states that the test case mocks never reach their service. */
export function mockedHost(host: Host, testCase: TestCase): Host {
  return { ...host, tasks: new MockedTaskRunner(host.tasks, testCase) };
}

/**
 * Stands in front of the integrations.
 *
 * Each state has one count for the whole execution, and each call advances it: a retry, another turn of a loop, another
 * item of a Map. Step Functions Local 2.0.0 counts like this (measured in
 * https://github.com/floci-io/floci/issues/3254 and https://github.com/localstack/localstack/issues/12846); its guide
 * speaks of retries only. An attempt that has no mock ends in `States.Runtime`, as there.
 */
class MockedTaskRunner implements TaskRunner {
  readonly #counts = new Map<string, number>();
  readonly #others: TaskRunner;
  readonly #testCase: TestCase;

  constructor(others: TaskRunner, testCase: TestCase) {
    this.#others = others;
    this.#testCase = testCase;
  }

  run(request: TaskRequest, listener: TaskListener): RunningTask {
    const outcome = this.#nextOutcome(request.stateName);
    if (outcome === undefined) {
      return this.#others.run(request, listener);
    }
    // Not before the interpreter has taken the task into its books.
    queueMicrotask(() => report(outcome, request.resource, listener));
    return NOTHING_TO_CANCEL;
  }

  /** `undefined` for a state that is not mocked. */
  #nextOutcome(state: string): MockedOutcome | undefined {
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

/**
 * Tells what happens in the order in which AWS writes it into the history. A task that waits has its `Return` for the
 * service's answer, too.
 */
function report(outcome: MockedOutcome, resource: TaskResource, listener: TaskListener): void {
  const waits = resource.pattern !== 'REQUEST_RESPONSE';
  listener.started();
  if (outcome.kind === 'return') {
    if (waits) {
      listener.submitted(outcome.result);
    }
    listener.succeeded(outcome.result);
  } else if (!waits) {
    listener.failed(outcome.error, outcome.cause);
  } else if (isRefusal(outcome.error)) {
    listener.submitFailed(outcome.error, outcome.cause);
  } else {
    listener.submitted({});
    listener.failed(outcome.error, outcome.cause);
  }
}

/** A service refused the request: its errors are named after it, such as `SQS.QueueDoesNotExistException`. */
const isRefusal = (error: string): boolean => /^(?!States\.)\w+\./.test(error);
