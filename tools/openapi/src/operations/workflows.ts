import { DEFAULT_NAMES, MAX_NAMES } from '@workflows/contract';
import type { Answer, Json, Operation } from '../model';
import { START_PROBLEMS } from './body-problems';
import { showOperation } from './show-operation';

const ID = '3f1d9c1e-6c1f-4a57-9a3b-8a2f5c0d7e21';
const BASE = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod';
const startExamples = {
  default: {},
  bounded: { input: { order: 17 }, timeoutSeconds: 600, heartbeatSeconds: 60 },
} satisfies Record<string, Json>;

const started = (schema: string, example: Json): Answer => ({
  description: 'Started, or started before with this `Idempotency-Key` and payload.',
  schema,
  headers: ['Location', 'Retry-After', 'Idempotent-Replayed'],
  example,
});

const succeeded = {
  id: ID,
  status: 'SUCCEEDED',
  startDate: '2026-11-23T10:00:00.000Z',
  stopDate: '2026-11-23T10:00:02.500Z',
  externalServiceOutput: [{ status: 'succeeded', data: { parcel: 'A-1' } }],
} satisfies Json;

/** Starting workflows and asking about them: the client's side. */
export const WORKFLOW_OPERATIONS: readonly Operation[] = [
  {
    api: 'workflows',
    routeKey: 'POST /workflows',
    operationId: 'startWorkflow',
    summary: 'Starts a workflow that waits for an external service',
    parameters: ['idempotencyKey'],
    body: { schema: 'StartBody', required: false, examples: startExamples },
    answers: {
      '202': started('WorkflowStarted', { id: ID, url: `${BASE}/workflows/${ID}`, status: 'RUNNING' }),
    },
    problems: START_PROBLEMS,
  },
  showOperation({
    api: 'workflows',
    routeKey: 'GET /workflows/{workflowId}',
    operationId: 'getWorkflow',
    summary: 'Shows a workflow',
    parameter: 'workflowId',
    description: 'The workflow.',
    schema: 'Workflow',
    example: succeeded,
  }),
  {
    api: 'workflows',
    routeKey: 'POST /compositeWorkflows',
    operationId: 'startCompositeWorkflow',
    summary: `Starts a workflow of 1 to ${MAX_NAMES} sub-workflows`,
    parameters: ['idempotencyKey'],
    body: {
      schema: 'CompositeBody',
      required: false,
      examples: { default: {}, named: { names: DEFAULT_NAMES } },
    },
    answers: {
      '202': started('WorkflowStarted', { id: ID, url: `${BASE}/compositeWorkflows/${ID}`, status: 'RUNNING' }),
    },
    problems: START_PROBLEMS,
  },
  showOperation({
    api: 'workflows',
    routeKey: 'GET /compositeWorkflows/{compositeWorkflowId}',
    operationId: 'getCompositeWorkflow',
    summary: 'Shows a workflow of many',
    parameter: 'compositeWorkflowId',
    description: 'The workflow.',
    schema: 'Workflow',
    example: succeeded,
  }),
  {
    api: 'workflows',
    routeKey: 'POST /tasks',
    operationId: 'startTask',
    summary: "Starts the same workflow, seen from the integration's side",
    parameters: ['idempotencyKey'],
    body: { schema: 'StartBody', required: false, examples: startExamples },
    answers: {
      '202': started('TaskStarted', { taskId: ID, url: `${BASE}/tasks/${ID}`, status: 'PENDING' }),
    },
    problems: START_PROBLEMS,
  },
];
