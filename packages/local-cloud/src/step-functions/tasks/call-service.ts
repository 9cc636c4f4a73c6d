import type { JsonValue, TaskRequest } from '@workflows/states-language';
import type { InProcessService } from '../../contracts';
import type { TaskEnvironment } from './integration';
import { TaskFailure } from './task-failure';

/**
 * Has another service of the runtime carry out the action of a task.
 *
 * @throws {AwsError} as the service answers {TaskFailure} where the runtime was started without the service
 */
export async function callService(
  id: InProcessService['id'],
  task: TaskRequest,
  { principal, services }: TaskEnvironment,
  input: JsonValue,
): Promise<Record<string, JsonValue>> {
  const service = services.find((it): it is InProcessService => 'id' in it && it.id === id);
  if (service === undefined) {
    throw new TaskFailure(
      'States.Runtime',
      `${task.resource.arn} needs ${id}, which this runtime was started without.`,
    );
  }
  const { action } = task.resource;
  return await service.call(action.charAt(0).toUpperCase() + action.slice(1), input, principal);
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
