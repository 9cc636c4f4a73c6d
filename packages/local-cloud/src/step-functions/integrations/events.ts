import type { JsonValue } from '@workflows/states-language';
import { awsSdkIntegration, callService, withText } from '../tasks/call-service';
import type { Integration } from '../tasks/integration';
import { type ErrorNaming, isModelledByJsonServices, serviceFailure, TaskFailure } from '../tasks/task-failure';

const OPTIMIZED_ERRORS: ErrorNaming = {
  prefix: 'EventBridge',
  service: 'AmazonEventBridge',
  unmodelled: 'AmazonEventBridgeException',
  isModelled: isModelledByJsonServices,
  sdk: 1,
};

/**
 * `arn:aws:states:::events:putEvents`. Recorded: the ARNs of the state machine and of the execution are added to the
 * resources of each event, the answer has no metadata, and an entry that failed fails the task.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 */
export const putEvents: Integration = {
  service: 'events',
  actions: ['putEvents'],
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task, environment) {
    const { executionId, stateMachineId } = task;
    const input = withEntries(task.arguments, (entry) => ({
      ...(entry as object),
      Resources: [...resourcesOf(entry), stateMachineId, executionId],
    }));
    const { Entries = [], FailedEntryCount = 0 } = await callService('eventbridge', task, environment, input, (error) =>
      serviceFailure(error, OPTIMIZED_ERRORS),
    );
    if (FailedEntryCount !== 0) {
      throw new TaskFailure('EventBridge.FailedEntry', JSON.stringify({ Entries, FailedEntryCount }), true);
    }
    return { Entries, FailedEntryCount };
  },
};

/** `arn:aws:states:::aws-sdk:eventbridge:<action>` */
export const awsSdkEventBridge = awsSdkIntegration({
  id: 'eventbridge',
  name: 'EventBridge',
  isModelled: isModelledByJsonServices,
  inputOf: (given) => withEntries(given, (entry) => entry),
});

/** A detail may be any JSON, and goes as its text. */
function withEntries(given: JsonValue, change: (entry: JsonValue) => JsonValue): JsonValue {
  const entries = typeof given === 'object' && given !== null && !Array.isArray(given) ? given.Entries : undefined;
  return Array.isArray(entries)
    ? { ...(given as object), Entries: entries.map((entry) => change(withText(entry, ['Detail']))) }
    : given;
}

function resourcesOf(entry: JsonValue): JsonValue[] {
  const resources = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry.Resources : undefined;
  return Array.isArray(resources) ? resources : [];
}
