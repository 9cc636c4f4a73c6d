import { NAME_PATTERN } from '@workflows/contract';
import { HttpProblem } from '@workflows/lambda-commons/problem';
import type { HttpRequest } from './handler';

/** What a path names, and the 404 when nothing can have that name. */
const NOT_FOUND = {
  taskId: ['task-not-found', 'No task has this id.'],
  workflowId: ['workflow-not-found', 'No workflow has this id.'],
  compositeWorkflowId: ['workflow-not-found', 'No composite workflow has this id.'],
  name: ['workflow-not-found', 'No workflow has this name.'],
} as const;

export type IdParameter = keyof typeof NOT_FOUND;

export function notFound(parameter: IdParameter): HttpProblem {
  const [code, detail] = NOT_FOUND[parameter];
  return new HttpProblem(code, detail);
}

/**
 * The id in the path. One that no execution can have is not looked up: it is 404, as any unknown id.
 *
 * @throws HttpProblem 404
 */
export function readId(request: HttpRequest, parameter: IdParameter): string {
  const id = request.pathParameter(parameter);
  if (!NAME_PATTERN.test(id)) {
    throw notFound(parameter);
  }
  return id;
}
