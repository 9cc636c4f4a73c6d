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
    summary: 'Records the outcome of a task',
    description:
      'The external service calls this route. Retry it after a 5xx and after a missing response. Repeating the same outcome is answered 200 with the same body. The first outcome is final.',
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
    summary: 'Reports that a task is still in progress',
    parameters: ['taskId'],
    body: { schema: 'HeartbeatBody', required: true, examples: { heartbeat: { resumeToken: RESUME_TOKEN } } },
    answers: { '204': { description: 'The heartbeat was recorded.' } },
    problems: {
      ...BODY_PROBLEMS,
      '403': ['wrong-resume-token'],
      '404': ['task-not-found'],
      '410': ['workflow-over'],
    },
  },
];
