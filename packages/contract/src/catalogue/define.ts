import type { VariableName } from '../variables';

/** What makes a function run. */
export type Trigger =
  | { readonly kind: 'route'; readonly routeKey: `${string} /${string}` }
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

/** A function as an entry of the catalogue has it. */
export interface FunctionDefinition {
  readonly purpose: string;
  readonly trigger: Trigger;
  /** The variables that it reads: all of them are required. */
  readonly environment: readonly VariableName[];
  readonly permissions: readonly Permission[];
  /** Seconds after which it is stopped. @default 25, as a gateway waits for 29 */
  readonly timeoutSeconds?: number;
  /** Why the timeout is not the default. */
  readonly timeoutReason?: string;
}

/** An endpoint is the base URL of an API and ends with a slash. */
export type OutputKind = 'endpoint' | 'stateMachineArn' | 'tableName';

export interface OutputDefinition {
  /** In the file that `cdktf deploy --outputs-file` writes: `{"<stack>": {"<name>": "<text>"}}`. */
  readonly name: string;
  readonly kind: OutputKind;
  readonly description: string;
}

/** A pattern starts through its API, or through `StartExecution` where it has none. */
type StartDefinition<FunctionName, OutputKey> =
  | {
      readonly kind: 'api';
      /** The output with the endpoint. */
      readonly api: OutputKey;
      /** The function behind the `POST` that starts an execution. */
      readonly starts: FunctionName;
      /** The function behind the `GET` that shows the execution. */
      readonly shows: FunctionName;
      /** The field of the answer with the name of the execution. */
      readonly idField: 'id' | 'taskId' | 'name';
      /** Whether the route takes `Idempotency-Key`; a route that does not has a name in its body. */
      readonly idempotencyKey: boolean;
    }
  | { readonly kind: 'execution' };

export interface PatternDefinition<FunctionName = string, OutputKey = string> {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly start: StartDefinition<FunctionName, OutputKey>;
  /** The output with the ARN of the state machine that a start executes. */
  readonly stateMachine: OutputKey;
  /** Its name, without the deployment's prefix. */
  readonly stateMachineName: string;
  /** How many entries the output of the example has, or its `externalServiceOutput`. @default - it is no list */
  readonly results?: number;
  /** Items that one run of the example leaves in tables until they expire. */
  readonly records: number;
  /** Example input: the body of the `POST`, or the input of the execution. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** Everything that other code knows of one stack: its functions, its outputs, and its patterns. */
export interface Entry {
  readonly stack: string;
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  readonly outputs: Readonly<Record<string, OutputDefinition>>;
  readonly patterns: readonly PatternDefinition[];
}

/** Keeps the literal types of an entry; a pattern can name only functions and outputs of its own entry. */
export const defineEntry = <
  const Stack extends string,
  const Functions extends Entry['functions'],
  const Outputs extends Entry['outputs'],
  const Patterns extends readonly PatternDefinition<keyof Functions & string, keyof Outputs & string>[],
>(entry: {
  readonly stack: Stack;
  readonly functions: Functions;
  readonly outputs: Outputs;
  readonly patterns: Patterns;
}) => entry;

export const route = <const RouteKey extends `${string} /${string}`>(routeKey: RouteKey) =>
  ({ kind: 'route', routeKey }) as const;

/** Permissions that several functions have. */
export const MAY_START: Permission = { actions: ['states:StartExecution'], on: 'stateMachine' };
export const MAY_DESCRIBE: Permission = { actions: ['states:DescribeExecution'], on: 'executions' };
export const onTable = (...names: readonly string[]): Permission => ({
  actions: names.map((name) => `dynamodb:${name}`),
  on: 'table',
});
