import { DEFAULT_NAMES, MEASURE_EVERY_MINUTES } from '../limits';
import { defineEntry, MAY_DESCRIBE, MAY_START, onTable, type Permission, route } from './define';

const MAY_RESUME: Permission = { actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'], on: 'stateMachine' };

export const callback = defineEntry({
  stack: 'WorkflowsStack',
  functions: {
    'start-workflow': {
      purpose: 'Starts a workflow that waits for a callback',
      trigger: route('POST /workflows'),
      environment: ['STATE_MACHINE_ARN', 'TASKS_TABLE_NAME', 'API_URL', 'RECORD_GRACE_SECONDS'],
      permissions: [MAY_START, MAY_DESCRIBE, onTable('PutItem')],
    },
    'start-task': {
      purpose: 'Starts the same workflow and returns its task',
      trigger: route('POST /tasks'),
      environment: ['STATE_MACHINE_ARN', 'TASKS_TABLE_NAME', 'API_URL', 'RECORD_GRACE_SECONDS'],
      permissions: [MAY_START, MAY_DESCRIBE, onTable('PutItem')],
    },
    'get-workflow': {
      purpose: 'Shows a workflow',
      trigger: route('GET /workflows/{workflowId}'),
      environment: ['STATE_MACHINE_ARN', 'TASKS_TABLE_NAME'],
      permissions: [MAY_DESCRIBE, onTable('GetItem')],
    },
    'get-task': {
      purpose: 'Shows a task',
      trigger: route('GET /tasks/{taskId}'),
      environment: ['TASKS_TABLE_NAME'],
      permissions: [onTable('GetItem')],
    },
    'complete-task': {
      purpose: 'Records how a task ended, and resumes its workflow',
      trigger: route('PUT /tasks/{taskId}'),
      environment: ['TASKS_TABLE_NAME'],
      permissions: [onTable('GetItem', 'UpdateItem'), MAY_RESUME, MAY_DESCRIBE],
    },
    'heartbeat-task': {
      purpose: 'Extends the wait for a callback',
      trigger: route('POST /tasks/{taskId}/heartbeat'),
      environment: ['TASKS_TABLE_NAME'],
      permissions: [onTable('GetItem'), { actions: ['states:SendTaskHeartbeat'], on: 'stateMachine' }, MAY_DESCRIBE],
    },
    'start-composite-workflow': {
      purpose: 'Starts a workflow with several sub-workflows',
      trigger: route('POST /compositeWorkflows'),
      environment: ['STATE_MACHINE_ARN', 'API_URL'],
      permissions: [MAY_START, MAY_DESCRIBE],
    },
    'get-composite-workflow': {
      purpose: 'Shows a composite workflow',
      trigger: route('GET /compositeWorkflows/{compositeWorkflowId}'),
      environment: ['STATE_MACHINE_ARN'],
      permissions: [MAY_DESCRIBE],
    },
    'call-external': {
      purpose: 'Stores the task token, then calls the external service',
      trigger: { kind: 'task', resource: 'lambda:invoke.waitForTaskToken' },
      environment: ['TASKS_TABLE_NAME', 'API_URL', 'EXTERNAL_SERVICE_URL', 'RECORD_GRACE_SECONDS'],
      timeoutSeconds: 30,
      timeoutReason: 'it gives the external service 10 seconds to accept',
      permissions: [onTable('GetItem', 'UpdateItem'), MAY_RESUME],
    },
    'settle-task': {
      purpose: 'Decides the outcome of a failed wait: a recorded outcome wins',
      trigger: { kind: 'task', resource: 'lambda:invoke' },
      environment: ['TASKS_TABLE_NAME', 'RECORD_GRACE_SECONDS'],
      permissions: [onTable('GetItem', 'UpdateItem')],
    },
    'close-task': {
      purpose: 'Closes the record of an execution that ended without a callback',
      trigger: { kind: 'executionStatus', statuses: ['ABORTED', 'FAILED', 'TIMED_OUT'], redriven: ['SUCCEEDED'] },
      environment: ['TASKS_TABLE_NAME', 'RECORD_GRACE_SECONDS'],
      permissions: [onTable('GetItem', 'UpdateItem')],
    },
    'measure-waiting': {
      purpose: 'Publishes the age of the oldest waiting task',
      trigger: { kind: 'schedule', everyMinutes: MEASURE_EVERY_MINUTES },
      environment: ['TASKS_TABLE_NAME', 'METRICS_NAMESPACE'],
      permissions: [{ actions: ['dynamodb:Query'], on: 'waitingIndex' }],
    },
    'external-service': {
      purpose: 'Stands in for the external service',
      trigger: route('POST /external'),
      environment: ['ALLOWED_CALLBACK_URL_PREFIX'],
      timeoutSeconds: 60,
      timeoutReason: 'it delays a callback by up to 30 seconds',
      permissions: [{ actions: ['lambda:InvokeFunction'], on: 'itself' }],
    },
  },
  outputs: {
    workflowApi: { name: 'WorkflowApiEndpoint', kind: 'endpoint', description: 'Base URL of the workflow API' },
    workflowStateMachine: {
      name: 'WorkflowStateMachineArn',
      kind: 'stateMachineArn',
      description: 'ARN of the state machine Workflow',
    },
    compositeStateMachine: {
      name: 'CompositeWorkflowStateMachineArn',
      kind: 'stateMachineArn',
      description: 'ARN of the state machine Workflow Composite',
    },
    tasksTable: { name: 'TasksTableName', kind: 'tableName', description: 'Table that maps task ids to task tokens' },
    serviceApi: {
      name: 'ServiceApiEndpoint',
      kind: 'endpoint',
      description: 'Base URL of the mock external service',
    },
  },
  patterns: [
    {
      id: 'task',
      title: 'Callback workflow',
      description: 'A workflow calls an external service and waits for its callback.',
      start: {
        kind: 'api',
        api: 'workflowApi',
        starts: 'start-task',
        shows: 'get-workflow',
        idField: 'taskId',
        idempotencyKey: true,
      },
      stateMachine: 'workflowStateMachine',
      stateMachineName: 'Workflow',
      results: 1,
      records: 1,
      example: { input: { order: 17 } },
    },
    {
      id: 'composite',
      title: 'Composite workflow',
      description: 'One sub-workflow for each name, all at the same time.',
      start: {
        kind: 'api',
        api: 'workflowApi',
        starts: 'start-composite-workflow',
        shows: 'get-composite-workflow',
        idField: 'id',
        idempotencyKey: true,
      },
      stateMachine: 'compositeStateMachine',
      stateMachineName: 'WorkflowComposite',
      results: 2,
      records: 2,
      example: { names: DEFAULT_NAMES },
    },
  ],
});
