import { ENVIRONMENTS, type FunctionName, type VariableName } from './environment';
import { API_FUNCTION_TIMEOUT_SECONDS, MEASURE_EVERY_MINUTES } from './limits';
import { ROUTES, type RouteKey } from './routes';

/** What makes a function run. */
export type Trigger =
  | { readonly kind: 'route'; readonly routeKey: RouteKey }
  | { readonly kind: 'fallback' }
  | { readonly kind: 'task'; readonly resource: 'lambda:invoke' | 'lambda:invoke.waitForTaskToken' }
  | { readonly kind: 'schedule'; readonly everyMinutes: number }
  | { readonly kind: 'executionStatus'; readonly statuses: readonly string[]; readonly redriven: readonly string[] };

/** What a permission is on: each resource is the one that the function's environment names. */
export type ResourceKind = 'stateMachine' | 'executions' | 'table' | 'waitingIndex' | 'itself';

/** Actions that a function's role allows, on one resource. */
export interface Permission {
  readonly actions: readonly string[];
  readonly on: ResourceKind;
}

/** What a deployment has to give a function, and what it gets. */
export interface FunctionContract {
  readonly purpose: string;
  readonly trigger: Trigger;
  readonly environment: readonly VariableName[];
  readonly timeoutSeconds: number;
  /** Why the timeout is not that of the functions behind an API. */
  readonly timeoutReason?: string;
  readonly permissions: readonly Permission[];
}

const route = (name: keyof typeof ROUTES): Pick<FunctionContract, 'trigger' | 'timeoutSeconds'> => ({
  trigger: { kind: 'route', routeKey: ROUTES[name] },
  timeoutSeconds: API_FUNCTION_TIMEOUT_SECONDS,
});

const start: Permission = { actions: ['states:StartExecution'], on: 'stateMachine' };
const describe: Permission = { actions: ['states:DescribeExecution'], on: 'executions' };
const respond: Permission = { actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'], on: 'stateMachine' };
const onTable = (...names: readonly string[]): Permission => ({
  actions: names.map((name) => `dynamodb:${name}`),
  on: 'table',
});

/** Every function that is deployed. The name is also that of its bundle and its `POWERTOOLS_SERVICE_NAME`. */
export const FUNCTIONS: Readonly<Record<FunctionName, FunctionContract>> = {
  'fibonacci-generator': {
    purpose: 'Generates Fibonacci numbers',
    trigger: { kind: 'task', resource: 'lambda:invoke' },
    environment: ENVIRONMENTS['fibonacci-generator'],
    timeoutSeconds: API_FUNCTION_TIMEOUT_SECONDS,
    permissions: [],
  },
  'start-idempotent-workflow': {
    ...route('start-idempotent-workflow'),
    purpose: 'Starts one execution per name',
    environment: ENVIRONMENTS['start-idempotent-workflow'],
    permissions: [start, describe, onTable('GetItem', 'PutItem', 'UpdateItem')],
  },
  'get-idempotent-workflow': {
    ...route('get-idempotent-workflow'),
    purpose: 'Shows the execution of a name',
    environment: ENVIRONMENTS['get-idempotent-workflow'],
    permissions: [describe, onTable('GetItem')],
  },
  'start-workflow': {
    ...route('start-workflow'),
    purpose: 'Starts a workflow that waits for a callback',
    environment: ENVIRONMENTS['start-workflow'],
    permissions: [start, describe, onTable('PutItem')],
  },
  'start-task': {
    ...route('start-task'),
    purpose: "Starts the same workflow, seen from the integration's side",
    environment: ENVIRONMENTS['start-task'],
    permissions: [start, describe, onTable('PutItem')],
  },
  'get-workflow': {
    ...route('get-workflow'),
    purpose: 'Shows a workflow',
    environment: ENVIRONMENTS['get-workflow'],
    permissions: [describe, onTable('GetItem')],
  },
  'get-task': {
    ...route('get-task'),
    purpose: 'Shows a task',
    environment: ENVIRONMENTS['get-task'],
    permissions: [onTable('GetItem')],
  },
  'complete-task': {
    ...route('complete-task'),
    purpose: 'Records how a task ended, and resumes its workflow',
    environment: ENVIRONMENTS['complete-task'],
    permissions: [onTable('GetItem', 'UpdateItem'), respond, describe],
  },
  'heartbeat-task': {
    ...route('heartbeat-task'),
    purpose: 'Extends the wait for a callback',
    environment: ENVIRONMENTS['heartbeat-task'],
    permissions: [onTable('GetItem'), { actions: ['states:SendTaskHeartbeat'], on: 'stateMachine' }, describe],
  },
  'start-composite-workflow': {
    ...route('start-composite-workflow'),
    purpose: 'Starts a workflow of several sub-workflows',
    environment: ENVIRONMENTS['start-composite-workflow'],
    permissions: [start, describe],
  },
  'get-composite-workflow': {
    ...route('get-composite-workflow'),
    purpose: 'Shows a composite workflow',
    environment: ENVIRONMENTS['get-composite-workflow'],
    permissions: [describe],
  },
  'call-external': {
    purpose: 'Stores the task token, then calls the external service',
    trigger: { kind: 'task', resource: 'lambda:invoke.waitForTaskToken' },
    environment: ENVIRONMENTS['call-external'],
    timeoutSeconds: 30,
    timeoutReason: 'it gives the external service 10 seconds to accept',
    permissions: [onTable('GetItem', 'UpdateItem'), respond],
  },
  'settle-task': {
    purpose: 'Decides what a failed wait ends as: a recorded outcome wins',
    trigger: { kind: 'task', resource: 'lambda:invoke' },
    environment: ENVIRONMENTS['settle-task'],
    timeoutSeconds: API_FUNCTION_TIMEOUT_SECONDS,
    permissions: [onTable('GetItem', 'UpdateItem')],
  },
  'close-task': {
    purpose: 'Closes the record of an execution that ended without a callback',
    trigger: { kind: 'executionStatus', statuses: ['ABORTED', 'FAILED', 'TIMED_OUT'], redriven: ['SUCCEEDED'] },
    environment: ENVIRONMENTS['close-task'],
    timeoutSeconds: API_FUNCTION_TIMEOUT_SECONDS,
    permissions: [onTable('GetItem', 'UpdateItem')],
  },
  'measure-waiting': {
    purpose: 'Publishes the age of the oldest waiting task',
    trigger: { kind: 'schedule', everyMinutes: MEASURE_EVERY_MINUTES },
    environment: ENVIRONMENTS['measure-waiting'],
    timeoutSeconds: API_FUNCTION_TIMEOUT_SECONDS,
    permissions: [{ actions: ['dynamodb:Query'], on: 'waitingIndex' }],
  },
  'route-fallback': {
    purpose: 'Answers 404 or 405 to requests that no route takes',
    trigger: { kind: 'fallback' },
    environment: ENVIRONMENTS['route-fallback'],
    timeoutSeconds: API_FUNCTION_TIMEOUT_SECONDS,
    permissions: [],
  },
  'external-service': {
    ...route('external-service'),
    purpose: 'Stands in for the external service',
    environment: ENVIRONMENTS['external-service'],
    timeoutSeconds: 60,
    timeoutReason: 'it delays a callback by up to 30 seconds',
    permissions: [{ actions: ['lambda:InvokeFunction'], on: 'itself' }],
  },
};

/** What each environment variable means. */
export const VARIABLE_MEANINGS: Readonly<Record<VariableName, string>> = {
  ALLOWED_CALLBACK_URL_PREFIX: 'The mock calls back only below this absolute URL',
  API_ROUTES: 'JSON array of the route keys of the API, such as `["GET /tasks/{taskId}"]`',
  API_URL: 'Base URL of the API, with stage and trailing slash: `https://…/prod/`',
  EXTERNAL_SERVICE_URL: 'Full URL to POST tasks to',
  IDEMPOTENCY_TABLE_NAME: 'Name of the table of idempotency records',
  METRICS_NAMESPACE: 'CloudWatch namespace of the metrics that the function publishes',
  RECORD_GRACE_SECONDS:
    'Seconds that a task record outlives the longest wait and the 90 days for which AWS keeps an ended execution. It must cover the time between the end of a wait and the next write, so a deployment sets one day at least',
  RECORD_RETENTION_DAYS: 'Lifetime of an idempotency record in days. A deployment sets 91 at least',
  STATE_MACHINE_ARN: 'ARN of the state machine that is started or described',
  TASKS_TABLE_NAME: 'Name of the table of tasks',
};
