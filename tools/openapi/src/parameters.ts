import { NAME_PATTERN } from '@workflows/contract';
import type { HeaderName, Json, ParameterName } from './model';

/** A path parameter that names something. */
export const idParameter = (name: string, what: string): Json => ({
  name,
  in: 'path',
  required: true,
  description: `${what} One that nothing can have is answered 404, as an unknown one.`,
  schema: { type: 'string', pattern: NAME_PATTERN.source },
});

export const PARAMETERS: Readonly<Record<ParameterName, Json>> = {
  taskId: idParameter('taskId', 'Id of the task.'),
  workflowId: idParameter('workflowId', 'Id of the workflow.'),
  compositeWorkflowId: idParameter('compositeWorkflowId', 'Id of the workflow of many.'),
  name: idParameter('name', 'Name that the workflow was started with.'),
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'The same key and payload get the same answer; the same key with another payload is 422. A quoted structured-field string, or a bare token, of up to 255 characters.',
    schema: { type: 'string', minLength: 1 },
  },
  attempt: {
    name: 'X-Attempt',
    in: 'header',
    description: 'The number of the try; 1 is the first. Only the outcome `flaky` needs it.',
    schema: { type: 'string', pattern: '^\\d{1,9}$' },
  },
};

export const HEADERS: Readonly<Record<HeaderName, Json>> = {
  Location: { description: 'Where to look.', schema: { type: 'string', format: 'uri' } },
  'Retry-After': {
    description: 'Seconds after which it is worth asking again.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  'Idempotent-Replayed': {
    description: 'This answer repeats an earlier one. Sent where that is certain.',
    schema: { const: 'true' },
  },
};
