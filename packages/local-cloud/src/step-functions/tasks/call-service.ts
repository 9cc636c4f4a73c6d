import type { JsonValue, TaskRequest } from '@workflows/states-language';
import { AwsError, type InProcessService } from '../../contracts';
import type { Integration, TaskEnvironment } from './integration';
import { awsSdkErrors, type ErrorNaming, serviceFailure, TaskFailure } from './task-failure';

/**
 * Has another service of the runtime carry out the action of a task.
 *
 * @param failureOf what the task fails with, where the service answers an error
 * @throws {TaskFailure} this one, or one that says that the runtime was started without the service
 */
export async function callService(
  id: InProcessService['id'],
  task: TaskRequest,
  { principal, services }: TaskEnvironment,
  input: JsonValue,
  failureOf: (error: AwsError) => TaskFailure,
): Promise<Record<string, JsonValue>> {
  const service = services.find((it): it is InProcessService => 'id' in it && it.id === id);
  if (service === undefined) {
    throw new TaskFailure(
      'States.Runtime',
      `${task.resource.arn} needs ${id}, which this runtime was started without.`,
    );
  }
  const { action } = task.resource;
  try {
    return await service.call(action.charAt(0).toUpperCase() + action.slice(1), input, principal);
  } catch (error) {
    throw error instanceof AwsError ? failureOf(error) : error;
  }
}

interface AwsSdkIntegrationOptions {
  readonly id: InProcessService['id'];
  /** As in the names of errors, for instance `Sqs`. */
  readonly name: string;
  readonly isModelled: ErrorNaming['isModelled'];
  readonly inputOf: (given: JsonValue) => JsonValue;
  /** @default - the output as the service answers it */
  readonly shown?: (output: JsonValue) => JsonValue;
}

/**
 * `arn:aws:states:::aws-sdk:<id>:<action>`, for another service of the runtime.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function awsSdkIntegration(options: AwsSdkIntegrationOptions): Integration {
  const { id, inputOf, isModelled, name, shown = (output) => output } = options;
  const naming = awsSdkErrors(name, isModelled);
  return {
    service: `aws-sdk:${id}`,
    actions: 'all',
    patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
    request: async (task, environment) =>
      shown(
        await callService(id, task, environment, inputOf(task.arguments), (error) => serviceFailure(error, naming)),
      ),
  };
}

/** Members that take text may be given any JSON, which goes as its text. */
export function withText(given: JsonValue, names: readonly string[]): JsonValue {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return given;
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      names.includes(name) && typeof value !== 'string' && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}
