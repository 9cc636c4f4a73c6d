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

/** A `POST` that starts a workflow. */
const startOperation = (operation: Omit<Operation, 'api' | 'parameters' | 'problems'>): Operation => ({
  ...operation,
  api: 'workflows',
  parameters: ['idempotencyKey'],
  problems: START_PROBLEMS,
});

const started = (schema: string, example: Json): Answer => ({
  description:
    'The workflow was started by this request, or by an earlier one with the same `Idempotency-Key` and payload.',
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
  startOperation({
    routeKey: 'POST /workflows',
    operationId: 'startWorkflow',
    summary: 'Starts a workflow that waits for an external service',
    body: { schema: 'StartBody', required: false, examples: startExamples },
    answers: {
      '202': started('WorkflowStarted', { id: ID, url: `${BASE}/workflows/${ID}`, status: 'RUNNING' }),
    },
  }),
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
  startOperation({
    routeKey: 'POST /compositeWorkflows',
    operationId: 'startCompositeWorkflow',
    summary: `Starts a workflow with 1 to ${MAX_NAMES} sub-workflows`,
    body: {
      schema: 'CompositeBody',
      required: false,
      examples: { default: {}, named: { names: DEFAULT_NAMES } },
    },
    answers: {
      '202': started('WorkflowStarted', { id: ID, url: `${BASE}/compositeWorkflows/${ID}`, status: 'RUNNING' }),
    },
  }),
  showOperation({
    api: 'workflows',
    routeKey: 'GET /compositeWorkflows/{compositeWorkflowId}',
    operationId: 'getCompositeWorkflow',
    summary: 'Shows a composite workflow',
    parameter: 'compositeWorkflowId',
    description: 'The workflow.',
    schema: 'Workflow',
    example: succeeded,
  }),
  startOperation({
    routeKey: 'POST /tasks',
    operationId: 'startTask',
    summary: 'Starts the same workflow and returns its task',
    body: { schema: 'StartBody', required: false, examples: startExamples },
    answers: {
      '202': started('TaskStarted', { taskId: ID, url: `${BASE}/tasks/${ID}`, status: 'PENDING' }),
    },
  }),
];
