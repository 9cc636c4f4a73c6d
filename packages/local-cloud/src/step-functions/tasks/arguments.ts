import type { JsonValue, TaskRequest } from '@workflows/states-language';
import { TaskFailure } from './task-failure';

export type Arguments = Readonly<Record<string, JsonValue>>;

/**
 * The arguments of a task, which must be an object with no other fields than those of the API.
 *
 * @throws {TaskFailure} `States.Runtime`
 */
export function readArguments(request: TaskRequest, fields: readonly string[]): Arguments {
  const { arguments: given, resource } = request;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TaskFailure('States.Runtime', `The arguments of ${resource.arn} must be an object.`);
  }
  for (const name of Object.keys(given)) {
    if (!fields.includes(name)) {
      throw new TaskFailure(
        'States.Runtime',
        `The field '${name}' is not supported by ${resource.arn}. Supported: ${fields.join(', ')}.`,
      );
    }
  }
  return given;
}

/** @throws {TaskFailure} `States.Runtime` */
export function stringArgument(request: TaskRequest, given: Arguments, name: string): string {
  const value = given[name];
  if (typeof value !== 'string' || value === '') {
    throw new TaskFailure(
      'States.Runtime',
      `The field '${name}' of ${request.resource.arn} must be a string. Received: ${typeof value}.`,
    );
  }
  return value;
}
