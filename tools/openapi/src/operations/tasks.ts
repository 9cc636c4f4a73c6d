import type { Json, Operation } from '../model';
import { BODY_PROBLEMS } from './body-problems';

const ID = '3f1d9c1e-6c1f-4a57-9a3b-8a2f5c0d7e21';
/** The shape of a resume token; no task has this one. */
const RESUME_TOKEN = 'A'.repeat(43);

const pending = {
  taskId: ID,
  status: 'PENDING',
  attempt: 1,
  createdAt: '2026-11-23T10:00:00.000Z',
  updatedAt: '2026-11-23T10:00:00.400Z',
} satisfies Json;

const done = { taskId: ID, status: 'SUCCEEDED' } satisfies Json;

/** A task and its callbacks: the external service's side. */
export const TASK_OPERATIONS: readonly Operation[] = [
  {
    api: 'workflows',
    routeKey: 'GET /tasks/{taskId}',
    operationId: 'getTask',
    summary: 'Shows a task',
    parameters: ['taskId'],
    answers: { '200': { description: 'The task.', schema: 'Task', headers: ['Retry-After'], example: pending } },
    problems: { '404': ['task-not-found'] },
  },
  {
    api: 'workflows',
    routeKey: 'PUT /tasks/{taskId}',
    operationId: 'completeTask',
    summary: 'The external service says how the task ended',
    description:
      'Send it again after a 5xx and when there was no answer. The same outcome again is answered 200 with the same body; the first one counts.',
    parameters: ['taskId'],
    body: {
      schema: 'CallbackBody',
      required: true,
      examples: {
        succeeded: { id: ID, resumeToken: RESUME_TOKEN, status: 'succeeded', data: { parcel: 'A-1' } },
        failed: { resumeToken: RESUME_TOKEN, status: 'failed', error: 'OutOfStock', cause: 'No parcel left.' },
      },
    },
    answers: { '200': { description: 'Recorded and delivered.', schema: 'TaskCompleted', example: done } },
    problems: {
      ...BODY_PROBLEMS,
      '403': ['wrong-resume-token'],
      '404': ['task-not-found'],
      '409': ['task-already-completed'],
      '410': ['workflow-over'],
    },
  },
  {
    api: 'workflows',
    routeKey: 'POST /tasks/{taskId}/heartbeat',
    operationId: 'heartbeatTask',
    summary: 'The external service says that it still works on the task',
    parameters: ['taskId'],
    body: { schema: 'HeartbeatBody', required: true, examples: { heartbeat: { resumeToken: RESUME_TOKEN } } },
    answers: { '204': { description: 'The wait goes on.' } },
    problems: {
      ...BODY_PROBLEMS,
      '403': ['wrong-resume-token'],
      '404': ['task-not-found'],
      '410': ['workflow-over'],
    },
  },
];
