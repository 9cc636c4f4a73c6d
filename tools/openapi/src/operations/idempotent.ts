import type { Json, Operation } from '../model';
import { START_PROBLEMS } from './body-problems';
import { showOperation } from './show-operation';

const running = {
  name: 'invoice-17',
  executionArn: 'arn:aws:states:us-east-1:123456789012:execution:dev-WorkflowIdempotent:invoice-17',
  startDate: '2026-11-23T10:00:00.000Z',
  status: 'RUNNING',
} satisfies Json;

const ended = {
  ...running,
  status: 'SUCCEEDED',
  stopDate: '2026-11-23T10:00:02.500Z',
  output: { amount: 12, currency: 'EUR' },
} satisfies Json;

/** Starting once per name. */
export const IDEMPOTENT_OPERATIONS: readonly Operation[] = [
  {
    api: 'idempotent',
    routeKey: 'POST /workflow',
    operationId: 'startNamedWorkflow',
    summary: 'Starts one execution per name',
    description: 'Equal input means equal JSON, whatever the order of its keys.',
    parameters: ['idempotencyKey'],
    body: {
      schema: 'IdempotentBody',
      required: true,
      examples: { invoice: { name: 'invoice-17', input: { amount: 12, currency: 'EUR' } } },
    },
    answers: {
      '200': {
        description: 'The name was already started with equal input.',
        schema: 'NamedWorkflowStarted',
        example: { message: 'Detected repeated execution', ...ended },
      },
      '201': {
        description: 'This request started the execution.',
        schema: 'NamedWorkflowStarted',
        headers: ['Idempotent-Replayed'],
        example: { message: 'New execution', ...running },
      },
    },
    problems: { ...START_PROBLEMS, '409': ['name-already-used'] },
  },
  showOperation({
    api: 'idempotent',
    routeKey: 'GET /workflow/{name}',
    operationId: 'getNamedWorkflow',
    summary: 'Shows the execution of a name',
    parameter: 'name',
    description: 'The execution.',
    schema: 'NamedWorkflow',
    example: ended,
  }),
];
