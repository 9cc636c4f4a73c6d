import type { RunningTask, TaskListener, TaskRequest, TaskResource, TaskRunner } from '@workflows/states-language';
import type { MockedOutcome } from './configuration';
import type { MockedCalls } from './mocked-calls';

const NOTHING_TO_CANCEL: RunningTask = { cancel: () => undefined };

/** Stands in front of the integrations. */
export class MockedTaskRunner implements TaskRunner {
  readonly #others: TaskRunner;
  readonly #calls: MockedCalls;

  constructor(others: TaskRunner, calls: MockedCalls) {
    this.#others = others;
    this.#calls = calls;
  }

  run(request: TaskRequest, listener: TaskListener): RunningTask {
    const outcome = this.#calls.next(request.stateName);
    if (outcome === undefined) {
      return this.#others.run(request, listener);
    }
    // Not before the interpreter has taken the task into its books.
    queueMicrotask(() => report(outcome, request.resource, listener));
    return NOTHING_TO_CANCEL;
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
  } else if (Object.hasOwn(LIMITS, outcome.error)) {
    if (waits) {
      listener.submitted({});
    }
    listener.timedOut(LIMITS[outcome.error as keyof typeof LIMITS]);
  } else if (!waits) {
    listener.failed(outcome.error, outcome.cause);
  } else if (isRefusal(outcome.error)) {
    listener.submitFailed(outcome.error, outcome.cause);
  } else {
    listener.submitted({});
    listener.failed(outcome.error, outcome.cause);
  }
}

/** What AWS does not call a failure: `TaskTimedOut`, which has no cause. */
const LIMITS = { 'States.Timeout': 'timeout', 'States.HeartbeatTimeout': 'heartbeatTimeout' } as const;

/** A service refused the request: its errors are named after it, such as `SQS.QueueDoesNotExistException`. */
const isRefusal = (error: string): boolean => /^(?!States\.)\w+\./.test(error);
