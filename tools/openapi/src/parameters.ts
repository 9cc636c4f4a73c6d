import { NAME_PATTERN } from '@workflows/contract';
import type { HeaderName, Json, ParameterName } from './model';

/** A path parameter that names something. */
export const idParameter = (name: string, what: string): Json => ({
  name,
  in: 'path',
  required: true,
  description: `${what} A value that does not match the pattern is answered 404, like an unknown one.`,
  schema: { type: 'string', pattern: NAME_PATTERN.source },
});

export const PARAMETERS: Readonly<Record<ParameterName, Json>> = {
  taskId: idParameter('taskId', 'Id of the task.'),
  workflowId: idParameter('workflowId', 'Id of the workflow.'),
  compositeWorkflowId: idParameter('compositeWorkflowId', 'Id of the composite workflow.'),
  name: idParameter('name', 'Name that the workflow was started with.'),
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'The same key and payload get the same response. The same key with a different payload is answered 422. A string of up to 255 characters, quoted (as a structured field) or bare.',
    schema: { type: 'string', minLength: 1 },
  },
  attempt: {
    name: 'X-Attempt',
    in: 'header',
    description: 'The attempt number, starting at 1. Only the outcome `flaky` requires it.',
    schema: { type: 'string', pattern: '^\\d{1,9}$' },
  },
};

export const HEADERS: Readonly<Record<HeaderName, Json>> = {
  Location: { description: 'URL of what was started.', schema: { type: 'string', format: 'uri' } },
  'Retry-After': {
    description: 'Seconds to wait before the next request.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  'Idempotent-Replayed': {
    description: 'The response repeats the response to an earlier request. Sent only when that is certain.',
    schema: { const: 'true' },
  },
};
