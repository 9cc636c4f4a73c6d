import type { JsonValue, TaskRequest } from '@workflows/states-language';
import { AwsError } from '../../contracts';
import { callOperation, operationNamed } from '../api/call';
import { OPERATIONS } from '../api/operations';
import type { Integration } from '../tasks/integration';
import { type ErrorNaming, serviceFailure } from '../tasks/task-failure';

const SFN_ERRORS: ErrorNaming = {
  prefix: 'Sfn',
  service: 'Sfn',
  unmodelled: 'SfnException',
  isModelled: (code) => code !== 'AccessDeniedException' && code !== 'SerializationException',
  sdk: 2,
};

/** Members that hold instants, in epoch seconds on the wire and as ISO 8601 text in a state's output. */
const INSTANT = /Date$|^Timestamp$/;

/** Members that take JSON text; a state may give them any JSON. */
const JSON_TEXT = new Set(['input', 'output', 'definition', 'variables', 'context']);

/** `arn:aws:states:::aws-sdk:sfn:<action>` @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
export const awsSdkStepFunctions: Integration = {
  service: 'aws-sdk:sfn',
  actions: Object.keys(OPERATIONS).map((name) => name.charAt(0).toLowerCase() + name.slice(1)),
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task: TaskRequest, { context, principal }) {
    const { action } = task.resource;
    try {
      const name = operationNamed(action.charAt(0).toUpperCase() + action.slice(1));
      const response = await callOperation(context, name, requestOf(task.arguments), principal);
      // Undefined members vanish, as they do on the wire.
      return shown(JSON.parse(JSON.stringify(response)));
    } catch (error) {
      throw error instanceof AwsError ? serviceFailure(error, SFN_ERRORS) : error;
    }
  },
};

/** States write members in PascalCase, the API in camelCase. */
function requestOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(requestOf);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const wireName = name.charAt(0).toLowerCase() + name.slice(1);
      const isText = JSON_TEXT.has(wireName) && typeof member === 'object' && member !== null;
      return [wireName, isText ? JSON.stringify(member) : requestOf(member)];
    }),
  );
}

function shown(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(shown);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const shownName = name.charAt(0).toUpperCase() + name.slice(1);
      const isInstant = typeof member === 'number' && INSTANT.test(shownName);
      return [shownName, isInstant ? new Date(Math.round(member * 1000)).toISOString() : shown(member)];
    }),
  );
}
