import { defineEntry, MAY_DESCRIBE, MAY_START, onTable, route } from './define';

export const idempotent = defineEntry({
  stack: 'WorkflowIdempotentStack',
  functions: {
    'start-idempotent-workflow': {
      purpose: 'Starts one execution per name',
      trigger: route('POST /workflow'),
      environment: ['STATE_MACHINE_ARN', 'IDEMPOTENCY_TABLE_NAME', 'RECORD_RETENTION_DAYS'],
      permissions: [MAY_START, MAY_DESCRIBE, onTable('GetItem', 'PutItem', 'UpdateItem')],
    },
    'get-idempotent-workflow': {
      purpose: 'Shows the execution of a name',
      trigger: route('GET /workflow/{name}'),
      environment: ['STATE_MACHINE_ARN', 'IDEMPOTENCY_TABLE_NAME'],
      permissions: [MAY_DESCRIBE, onTable('GetItem')],
    },
  },
  outputs: {
    idempotentApi: {
      name: 'WorkflowIdempotentApiEndpoint',
      kind: 'endpoint',
      description: 'Base URL of the API',
    },
    idempotentStateMachine: {
      name: 'WorkflowIdempotentStateMachineArn',
      kind: 'stateMachineArn',
      description: 'ARN of the state machine',
    },
  },
  patterns: [
    {
      id: 'idempotent',
      title: 'Idempotent start',
      description: 'The same name and input start one execution, however often they are sent.',
      start: {
        kind: 'api',
        api: 'idempotentApi',
        starts: 'start-idempotent-workflow',
        shows: 'get-idempotent-workflow',
        idField: 'name',
        idempotencyKey: false,
      },
      stateMachine: 'idempotentStateMachine',
      stateMachineName: 'WorkflowIdempotent',
      records: 1,
      example: { name: 'invoice-17', input: { amount: 12 } },
    },
  ],
});
