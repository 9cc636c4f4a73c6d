/** How the value of an environment variable is parsed. */
interface Variable {
  readonly kind: 'text' | 'integer' | 'url' | 'baseUrl';
  /** Of an integer. */
  readonly minimum?: number;
}

/** Every environment variable of the functions. `VARIABLE_MEANINGS` describes each. */
export const VARIABLES = {
  ALLOWED_CALLBACK_URL_PREFIX: { kind: 'url' },
  API_ROUTES: { kind: 'text' },
  API_URL: { kind: 'baseUrl' },
  EXTERNAL_SERVICE_URL: { kind: 'url' },
  IDEMPOTENCY_TABLE_NAME: { kind: 'text' },
  METRICS_NAMESPACE: { kind: 'text' },
  RECORD_GRACE_SECONDS: { kind: 'integer', minimum: 0 },
  RECORD_RETENTION_DAYS: { kind: 'integer', minimum: 1 },
  STATE_MACHINE_ARN: { kind: 'text' },
  TASKS_TABLE_NAME: { kind: 'text' },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;

/** What each environment variable means. */
export const VARIABLE_MEANINGS: Readonly<Record<VariableName, string>> = {
  ALLOWED_CALLBACK_URL_PREFIX: 'Absolute URL that every callback URL of the mock must start with',
  API_ROUTES: 'JSON array of the route keys of the API, such as `["GET /tasks/{taskId}"]`',
  API_URL: 'Base URL of the API, with stage and trailing slash: `https://…/prod/`',
  EXTERNAL_SERVICE_URL: 'Full URL to POST tasks to',
  IDEMPOTENCY_TABLE_NAME: 'Name of the table of idempotency records',
  METRICS_NAMESPACE: 'CloudWatch namespace of the metrics that the function publishes',
  RECORD_GRACE_SECONDS:
    'Seconds to keep a task record beyond its longest wait and the 90 days for which AWS keeps an ended execution. It must cover the time between the end of a wait and the next write, so a deployment sets at least one day',
  RECORD_RETENTION_DAYS: 'Lifetime of an idempotency record in days. A deployment sets at least 91',
  STATE_MACHINE_ARN: 'ARN of the state machine that is started or described',
  TASKS_TABLE_NAME: 'Name of the table of tasks',
};
