/** How the text of an environment variable is read. */
interface Variable {
  readonly kind: 'text' | 'integer' | 'url' | 'baseUrl';
  /** Of an integer. */
  readonly minimum?: number;
}

/** Every environment variable that is a function's own. What each means stands in `VARIABLE_MEANINGS`. */
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

/**
 * Which variables each function reads: all of them are required. It stands apart from `FUNCTIONS`, so that the bundle
 * of a function does not change with the documentation of another.
 */
export const ENVIRONMENTS = {
  'fibonacci-generator': [],
  'start-idempotent-workflow': ['STATE_MACHINE_ARN', 'IDEMPOTENCY_TABLE_NAME', 'RECORD_RETENTION_DAYS'],
  'get-idempotent-workflow': ['STATE_MACHINE_ARN', 'IDEMPOTENCY_TABLE_NAME'],
  'start-workflow': ['STATE_MACHINE_ARN', 'TASKS_TABLE_NAME', 'API_URL', 'RECORD_GRACE_SECONDS'],
  'start-task': ['STATE_MACHINE_ARN', 'TASKS_TABLE_NAME', 'API_URL', 'RECORD_GRACE_SECONDS'],
  'get-workflow': ['STATE_MACHINE_ARN', 'TASKS_TABLE_NAME'],
  'get-task': ['TASKS_TABLE_NAME'],
  'complete-task': ['TASKS_TABLE_NAME'],
  'heartbeat-task': ['TASKS_TABLE_NAME'],
  'start-composite-workflow': ['STATE_MACHINE_ARN', 'API_URL'],
  'get-composite-workflow': ['STATE_MACHINE_ARN'],
  'call-external': ['TASKS_TABLE_NAME', 'API_URL', 'EXTERNAL_SERVICE_URL', 'RECORD_GRACE_SECONDS'],
  'settle-task': ['TASKS_TABLE_NAME', 'RECORD_GRACE_SECONDS'],
  'close-task': ['TASKS_TABLE_NAME', 'RECORD_GRACE_SECONDS'],
  'measure-waiting': ['TASKS_TABLE_NAME', 'METRICS_NAMESPACE'],
  'route-fallback': ['API_ROUTES'],
  'external-service': ['ALLOWED_CALLBACK_URL_PREFIX'],
} as const satisfies Readonly<Record<string, readonly VariableName[]>>;

export type FunctionName = keyof typeof ENVIRONMENTS;

type VariableOf<Name extends FunctionName> = (typeof ENVIRONMENTS)[Name][number];

/**
 * Exactly the environment of a function, as a deployment sets it: a variable that is missing, misspelt, or another
 * function's does not compile.
 *
 * @example
 * const environment: FunctionEnvironment<'get-task'> = { TASKS_TABLE_NAME: table.name };
 */
export type FunctionEnvironment<Name extends FunctionName> = Readonly<Record<VariableOf<Name>, string>> & {
  readonly [Other in Exclude<VariableName, VariableOf<Name>>]?: never;
};

/** The environment of a function as its code reads it: integers are numbers. */
export type EnvironmentOf<Name extends FunctionName> = {
  readonly [Variable in VariableOf<Name>]: (typeof VARIABLES)[Variable]['kind'] extends 'integer' ? number : string;
};
