import type { TaskListener, TaskResource, TaskRunner } from '@workflows/states-language';
import type { MockedOutcome } from './configuration';
import type { MockedCalls } from './mocked-calls';

/** Stands in front of the integrations. */
export function mockedTaskRunner(others: TaskRunner, calls: MockedCalls): TaskRunner {
  return {
    run: (request, listener) =>
      calls.answer(request.stateName, (outcome) => report(outcome, request.resource, listener)) ??
      others.run(request, listener),
  };
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
