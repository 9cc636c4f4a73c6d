import { toJsonSchema } from '@valibot/to-json-schema';
import * as workflows from '@workflows/contract/schemas';
import * as mock from '@workflows/external-service/contract';
import type { Json, NamedSchema } from './model';

const named = (schema: NamedSchema['schema'], description: string): NamedSchema => ({ schema, description });

/** Every schema of a body, from the same objects that the functions validate with. */
export const SCHEMAS = {
  StartBody: named(
    workflows.StartBody,
    'The input for the external service, and how long to wait for its callback. `heartbeatSeconds` must be less than `timeoutSeconds`.',
  ),
  CallbackBody: named(workflows.CallbackBody, 'The outcome of a task.'),
  HeartbeatBody: named(workflows.HeartbeatBody, 'Reports that the task is still in progress.'),
  CompositeBody: named(workflows.CompositeBody, 'Each name becomes the input `{name}` of one sub-workflow.'),
  IdempotentBody: named(
    workflows.IdempotentBody,
    'The name that makes the start idempotent, and the input. If the input is an object with `delaySeconds`, the value must be a whole number from 0 to 60.',
  ),
  WorkflowStarted: named(workflows.WorkflowStarted, 'The workflow that was started.'),
  TaskStarted: named(workflows.TaskStarted, 'The task of the workflow that was started.'),
  Workflow: named(workflows.Workflow, 'The state of a workflow.'),
  Task: named(workflows.Task, 'The state of a task. It never contains a token.'),
  TaskCompleted: named(workflows.TaskCompleted, 'The recorded outcome.'),
  NamedWorkflowStarted: named(
    workflows.NamedWorkflowStarted,
    'The execution with the name, and whether this request started it.',
  ),
  NamedWorkflow: named(workflows.NamedWorkflow, 'The execution with the name.'),
  TaskRequest: named(
    mock.TaskRequestBody,
    'A task for the external service. `payload.mock`, if present, has the schema `MockSettings`.',
  ),
  TaskAccepted: named(mock.TaskAccepted, 'The external service will call back.'),
  MockSettings: named(
    mock.mockSettings(mock.MAX_DELAY_MS.lambda),
    'The behavior of the mock. A setting that has no effect on the chosen outcome is rejected.',
  ),
} as const satisfies Record<string, NamedSchema>;

/**
 * Rules between fields, which JSON Schema has no word for; the descriptions say them. Anything else that cannot be
 * converted stops the generation.
 */
const SAID_IN_WORDS = ['check', 'partial_check', 'raw_check'];

/** @throws when a schema holds what JSON Schema cannot express */
export function toComponent({ schema, description }: NamedSchema): Json {
  const { $schema: _, ...converted } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    errorMode: 'throw',
    ignoreActions: SAID_IN_WORDS,
  });
  return { description, ...(converted as Record<string, Json>) };
}

/** @see https://www.rfc-editor.org/rfc/rfc9457 */
export const PROBLEM: Json = {
  description: 'A problem document (RFC 9457). `code` and `type` are stable.',
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', format: 'uri', pattern: '^urn:problem-type:workflows:' },
    title: { type: 'string', minLength: 1 },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', minLength: 1 },
    detail: { type: 'string', minLength: 1 },
    errors: {
      description: 'Each invalid field. The value that was sent is never repeated.',
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['pointer', 'field', 'detail'],
        additionalProperties: false,
        properties: {
          pointer: { description: 'JSON Pointer into the body, as a URI fragment', type: 'string', pattern: '^#' },
          field: { type: 'string', minLength: 1 },
          detail: { type: 'string', minLength: 1 },
        },
      },
    },
  },
};

/** What API Gateway answers by itself, before any function is asked. */
export const GATEWAY_MESSAGE: Json = {
  description: 'The response of API Gateway itself, when no function was invoked.',
  type: 'object',
  required: ['message'],
  properties: { message: { type: ['string', 'null'] } },
};
