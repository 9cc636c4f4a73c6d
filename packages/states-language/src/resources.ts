import type { TaskResource } from './host';

/**
 * Takes a Task state's `Resource` apart.
 *
 * @throws {@link Error} saying what is supported when the integration is not.
 */
export function parseTaskResource(_arn: string): TaskResource {
  throw new Error('not built yet');
}
