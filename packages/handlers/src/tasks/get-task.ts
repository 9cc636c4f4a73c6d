import { POLL_AFTER_SECONDS } from '@workflows/contract';
import type { Route } from '../http/handler';
import { notFound, readId } from '../http/path-ids';
import { publicTask } from './task-record';
import type { TaskStore } from './task-store';

/** `GET /tasks/{taskId}`: the integration's side of a workflow, from the table alone. Never shows a token. */
export const getTask =
  ({ tasks }: { readonly tasks: TaskStore }): Route =>
  async (request) => {
    const taskId = readId(request, 'taskId');
    const record = await tasks.get(taskId);
    if (record === undefined) {
      throw notFound('taskId');
    }
    request.note({ taskId });
    return {
      status: 200,
      body: publicTask(record),
      ...(record.status === 'PENDING' ? { headers: { 'Retry-After': String(POLL_AFTER_SECONDS) } } : {}),
    };
  };
