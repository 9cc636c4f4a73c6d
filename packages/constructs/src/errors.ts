import type { QueryLanguage } from '@workflows/states-language';

/**
 * Every message that a misused construct can give, in one place. Each says what is wrong, the value received, what is
 * allowed, and what to change.
 */

/** A construct was given something that AWS would refuse, or that would not do what it promises. */
export class ConstructError extends Error {
  override readonly name = 'ConstructError';

  constructor(
    /** Path of the construct in the tree, such as `WorkflowsStack/Workflow`. */
    readonly constructPath: string,
    message: string,
  ) {
    super(`${constructPath}: ${message}`);
  }
}

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

export const invalidName = (path: string, kind: string, received: string, allowed: string) =>
  new ConstructError(
    path,
    `${kind} ${show(received)} is not valid: it has ${received.length} characters; allowed: ${allowed}. Change the name.`,
  );

export const outOfRange = (path: string, property: string, received: unknown, allowed: string, fix: string) =>
  new ConstructError(path, `${property} is ${show(received)}; allowed: ${allowed}. ${fix}`);

export const missingBundle = (path: string, folder: string, handlerFile: string) =>
  new ConstructError(
    path,
    `the bundle folder ${show(folder)} has no ${handlerFile}. Build the functions first ("pnpm build"), or pass the folder that holds ${handlerFile}.`,
  );

export const definitionRefused = (path: string, findings: readonly string[]) =>
  new ConstructError(
    path,
    `the state machine's definition is not valid:\n${findings.map((it) => `  - ${it}`).join('\n')}\nCorrect the states named above.`,
  );

export const terraformTemplateInDefinition = (path: string) =>
  new ConstructError(
    path,
    'the definition contains "%{", which Terraform reads as the start of a template directive. Put a space between "%" and "{" in the JSONata expression.',
  );

export const unknownPermissions = (path: string, state: string, what: string) =>
  new ConstructError(
    path,
    `state ${show(state)} is or calls ${what}, whose permissions cannot be computed. List the statements that the role needs in "permissions" under ${show(state)}, or an empty list if it needs none.`,
  );

export const unusedPermissions = (path: string, key: string, states: readonly string[]) =>
  new ConstructError(
    path,
    `"permissions" has ${show(key)}, which is neither a state nor the Resource of a state; the states are: ${states.join(', ')}. Correct the name or remove the entry.`,
  );

export const dynamicIntegrationTarget = (path: string, state: string, argument: string, received: unknown) =>
  new ConstructError(
    path,
    `state ${show(state)} has ${argument} ${show(received)}; allowed: the ARN of one resource, or a reference to a resource of this stack, because the role grants access to that resource only. Name the resource, or list the statements that the role needs in "permissions" under ${show(state)}.`,
  );

const TASK_TOKEN: Readonly<Record<QueryLanguage, string>> = {
  JSONata: 'Put "{% $states.context.Task.Token %}" into its payload.',
  JSONPath: 'Put "$$.Task.Token" into its Parameters, under a key that ends in ".$".',
};

/** How a state's time limit is said to be computed. */
export const COMPUTED_SECONDS: Readonly<Record<QueryLanguage, (limit: 'Heartbeat' | 'Timeout') => string>> = {
  JSONata: () => 'a JSONata expression',
  JSONPath: (limit) => `${limit}SecondsPath`,
};

export const callbackWithoutToken = (path: string, state: string, language: QueryLanguage) =>
  new ConstructError(
    path,
    `callback state ${show(state)} passes no task token, so no callback can resume it. ${TASK_TOKEN[language]}`,
  );

export const callbackWithoutTimeout = (path: string, state: string, received: unknown, language: QueryLanguage) =>
  new ConstructError(
    path,
    `callback state ${show(state)} has TimeoutSeconds ${show(received)}; allowed: 1 to 31536000, or ${COMPUTED_SECONDS[language]('Timeout')}. Without a timeout, a lost callback leaves the execution waiting for a year.`,
  );

export const callbackWithoutCatch = (path: string, state: string) =>
  new ConstructError(
    path,
    `callback state ${show(state)} does not catch "States.ALL", so a timeout is not recorded. Add a Catch that settles the task.`,
  );

export const heartbeatNotBelowTimeout = (path: string, state: string, heartbeat: number, timeout: number) =>
  new ConstructError(
    path,
    `callback state ${show(state)} has HeartbeatSeconds ${heartbeat} and TimeoutSeconds ${timeout}; HeartbeatSeconds must be less than TimeoutSeconds. Decrease HeartbeatSeconds.`,
  );

export const callbackLogsExecutionData = (path: string, state: string) =>
  new ConstructError(
    path,
    `"logExecutionData" is true, but state ${show(state)} waits for a callback: its task token would be written to the log. Leave "logExecutionData" false.`,
  );

export const duplicateIndex = (path: string, name: string) =>
  new ConstructError(path, `index ${show(name)} is declared twice; index names must be unique. Rename one.`);

export const unknownIndex = (path: string, received: string, names: readonly string[]) =>
  new ConstructError(
    path,
    `the table has no index ${show(received)}; it has: ${names.join(', ') || 'none'}. Declare it in "indexes".`,
  );

export const duplicateRoute = (path: string, routeKey: string) =>
  new ConstructError(
    path,
    `route ${show(routeKey)} is declared twice; a route has one function. Remove one of the declarations.`,
  );

export const invalidRoute = (path: string, routeKey: string) =>
  new ConstructError(
    path,
    `route ${show(routeKey)} is not valid; allowed: an HTTP method in upper case, a space, and a path such as "GET /tasks/{taskId}".`,
  );

export const invalidUrlTemplate = (path: string, received: string) =>
  new ConstructError(
    path,
    `"urlTemplate" is ${show(received)}; it must contain {apiId} and {stage}, for instance "http://localhost:4566/_aws/execute-api/{apiId}/{stage}".`,
  );
