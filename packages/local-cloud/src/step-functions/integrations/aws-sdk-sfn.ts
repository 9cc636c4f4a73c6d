import type { JsonValue, TaskRequest } from '@workflows/states-language';
import { AwsError } from '../../contracts';
import { callOperation, operationNamed } from '../api/call';
import { OPERATIONS } from '../api/operations';
import type { Integration } from '../tasks/integration';
import { awsSdkErrors, isModelledByStepFunctions, serviceFailure } from '../tasks/task-failure';

const SFN_ERRORS = awsSdkErrors('Sfn', isModelledByStepFunctions);

/** Members that hold instants, in epoch seconds on the wire and as ISO 8601 text in a state's output. */
const INSTANT = /Date$|^Timestamp$/;

/** Members that take JSON text; a state may give them any JSON. */
const JSON_TEXT = new Set(['input', 'output', 'definition', 'variables', 'context']);

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const uncapitalized = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** `arn:aws:states:::aws-sdk:sfn:<action>` @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
export const awsSdkStepFunctions: Integration = {
  service: 'aws-sdk:sfn',
  actions: Object.keys(OPERATIONS).map(uncapitalized),
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task: TaskRequest, { context, principal }) {
    const { action } = task.resource;
    try {
      const name = operationNamed(capitalized(action));
      const response = await callOperation(context, name, requestOf(task.arguments), principal);
      // Undefined members vanish, as they do on the wire.
      return shown(JSON.parse(JSON.stringify(response)));
    } catch (error) {
      throw error instanceof AwsError ? serviceFailure(error, SFN_ERRORS) : error;
    }
  },
};

/** Renames the members of objects at every depth; `shown` gives what stands in the place of a member, if anything does. */
function renameMembers(
  value: JsonValue,
  nameOf: (name: string) => string,
  shown: (name: string, member: JsonValue) => JsonValue | undefined,
): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item) => renameMembers(item, nameOf, shown));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([oldName, member]) => {
      const name = nameOf(oldName);
      return [name, shown(name, member) ?? renameMembers(member, nameOf, shown)];
    }),
  );
}

/** States write members in PascalCase, the API in camelCase. */
const requestOf = (value: JsonValue): JsonValue =>
  renameMembers(value, uncapitalized, (name, member) =>
    JSON_TEXT.has(name) && typeof member === 'object' && member !== null ? JSON.stringify(member) : undefined,
  );

const shown = (value: JsonValue): JsonValue =>
  renameMembers(value, capitalized, (name, member) =>
    typeof member === 'number' && INSTANT.test(name) ? new Date(Math.round(member * 1000)).toISOString() : undefined,
  );
