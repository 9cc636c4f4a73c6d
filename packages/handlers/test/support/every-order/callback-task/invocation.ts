import { httpHandler } from '../../../../src/http/handler';
import { callExternal } from '../../../../src/tasks/call-external';
import { closeTask } from '../../../../src/tasks/close-task';
import { completeTask } from '../../../../src/tasks/complete-task';
import { settleTask } from '../../../../src/tasks/settle-task';
import { TaskStore } from '../../../../src/tasks/task-store';
import { Executions } from '../../../../src/workflows/executions';
import { httpEvent } from '../../http-event';
import { ManualClock } from '../../manual-clock';
import { MemoryLog } from '../../memory-log';
import { arnOf } from '../../step-functions';
import type { Context } from '../stepwise';
import { RETRIED, taskToken } from './execution';

export const TASK_ID = 'the-task';
export const TABLE = 'tasks';

/** An invocation of one of the functions around a task. */
export type Invocation =
  | { readonly of: 'start-task' }
  | { readonly of: 'call-external'; readonly redriveCount: number; readonly attempt: number }
  | { readonly of: 'settle-task'; readonly redriveCount: number; readonly error: string }
  | { readonly of: 'close-task'; readonly redriveCount: number; readonly status: string; readonly error: string }
  | { readonly of: 'complete-task'; readonly outcome: string; readonly resumeToken: string };

/** For a reader: without the token. */
export const nameOf = ({ of, ...given }: Invocation): string => {
  const { resumeToken: _, ...shown } = { resumeToken: '', ...given };
  return `${of}(${Object.values(shown).join(', ')})`;
};

/** What the external service says: its outcomes by name. */
const CALLBACKS: Readonly<Record<string, object>> = {
  success: { status: 'succeeded', data: 1 },
  'other success': { status: 'succeeded', data: 2 },
  failure: { status: 'failed', error: 'NoStock', cause: 'Sold out' },
  'retried failure': { status: 'failed', error: RETRIED },
};

const clock = new ManualClock();
const graceSeconds = 86_400;

/** Runs the function itself, as its entry point does. */
export async function run(invocation: Invocation, { dynamo, sfn, ask }: Context): Promise<unknown> {
  const log = new MemoryLog();
  const tasks = new TaskStore({ client: dynamo, tableName: TABLE, clock });
  const ours = { taskId: TASK_ID, executionArn: arnOf(TASK_ID) };
  switch (invocation.of) {
    case 'start-task':
      return tasks.createIfAbsent({ ...ours, status: 'PENDING', expiresAt: clock.now() / 1000 + graceSeconds });
    case 'call-external': {
      const { redriveCount, attempt } = invocation;
      const callService = async (request: { readonly resumeToken: string }) => {
        await ask({ to: 'ExternalService', operation: 'POST', input: request.resumeToken });
      };
      return callExternal(
        { tasks, sfn, callService, clock, log, apiUrl: 'https://api.example/', graceSeconds },
        { ...ours, taskToken: taskToken(invocation), input: {}, timeoutSeconds: 60, attempt, redriveCount },
      );
    }
    case 'settle-task':
      return settleTask(
        { tasks, clock, log, graceSeconds },
        { ...ours, redriveCount: invocation.redriveCount, error: invocation.error, cause: '' },
      );
    case 'close-task': {
      const { redriveCount, status, error } = invocation;
      const detail = {
        executionArn: ours.executionArn,
        name: TASK_ID,
        status,
        redriveCount,
        error,
        cause: null,
      };
      return closeTask({ tasks, clock, log, graceSeconds }, { detail });
    }
    case 'complete-task': {
      const executions = new Executions({ client: sfn, sleep: async () => {} });
      const body = { ...CALLBACKS[invocation.outcome], resumeToken: invocation.resumeToken };
      const handler = httpHandler(completeTask({ tasks, executions, sfn, log }), { log, clock });
      const event = httpEvent({ method: 'PUT', path: '/tasks/x', pathParameters: { taskId: TASK_ID }, body });
      return (await handler(event)).statusCode;
    }
  }
}
