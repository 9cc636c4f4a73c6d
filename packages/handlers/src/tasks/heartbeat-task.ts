import type { SFNClient } from '@aws-sdk/client-sfn';
import { HeartbeatBody } from '@workflows/contract/schemas';
import type { Route } from '../http/handler';
import { notFound, readId } from '../http/path-ids';
import type { Executions } from '../workflows/executions';
import { sendHeartbeat } from './delivery';
import { isOpen } from './execution-end';
import { requireResumeToken, workflowOver } from './task-problems';
import type { TaskStore } from './task-store';

export interface HeartbeatTaskDependencies {
  readonly tasks: TaskStore;
  readonly executions: Executions;
  readonly sfn: SFNClient;
}

/**
 * `POST /tasks/{taskId}/heartbeat`: the external service reports that the task is still in progress.
 *
 * 204 as long as an outcome would be accepted: also between two attempts of the external step, when no wait is there
 * to be kept alive. 410 once the task or its execution is over, so that the service can stop.
 */
export const heartbeatTask =
  ({ tasks, executions, sfn }: HeartbeatTaskDependencies): Route =>
  async (request) => {
    const taskId = readId(request, 'taskId');
    const { resumeToken } = request.json(HeartbeatBody);
    const record = await tasks.get(taskId);
    if (record === undefined) {
      throw notFound('taskId');
    }
    request.note({ taskId });
    requireResumeToken(resumeToken, record);
    if (record.status !== 'PENDING') {
      throw workflowOver(record.status);
    }
    if ((await sendHeartbeat(sfn, record.taskToken ?? '')) === 'gone') {
      const execution = await executions.describeRecent(record.executionArn);
      if (execution === undefined || !isOpen(execution)) {
        throw workflowOver('PENDING');
      }
    }
    return { status: 204 };
  };
