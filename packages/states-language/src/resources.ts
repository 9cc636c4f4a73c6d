import { StatesLanguageError } from './errors';
import type { IntegrationPattern, TaskResource } from './host';

/** A `Resource` that names something this interpreter has no integration for. */
export class UnsupportedResourceError extends StatesLanguageError {
  override readonly name = 'UnsupportedResourceError';
}

/** How each pattern shows at the end of a resource ARN. @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html */
const PATTERN_SUFFIXES: Readonly<Record<IntegrationPattern, string>> = {
  REQUEST_RESPONSE: '',
  SYNC: '.sync',
  SYNC_2: '.sync:2',
  WAIT_FOR_TASK_TOKEN: '.waitForTaskToken',
};

const PATTERNS = Object.keys(PATTERN_SUFFIXES) as IntegrationPattern[];

interface Integration {
  /** `undefined`: any action of the service. */
  readonly actions?: readonly string[];
  readonly patterns: readonly IntegrationPattern[];
}

/** The service integrations. A runner may refuse some; nothing else passes validation. */
const INTEGRATIONS: Readonly<Record<string, Integration>> = {
  lambda: { actions: ['invoke'], patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'] },
  states: { actions: ['startExecution'], patterns: PATTERNS },
  dynamodb: { actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'], patterns: ['REQUEST_RESPONSE'] },
  sqs: { actions: ['sendMessage'], patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'] },
  'aws-sdk:dynamodb': { patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'] },
  'aws-sdk:sfn': { patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'] },
};

const FUNCTION_ARN = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
const INTEGRATION_ARN = /^arn:[\w-]+:states:[\w-]*:\d*:(?!activity:)((?:aws-sdk:)?[\w-]+):(\w+)(\.[\w:]+)?$/;

/**
 * Takes a Task state's `Resource` apart.
 *
 * @throws {@link UnsupportedResourceError} saying what is supported when the integration is not.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
 */
export function parseTaskResource(arn: string): TaskResource {
  if (FUNCTION_ARN.test(arn)) {
    return { arn, service: 'lambda', action: 'function', pattern: 'REQUEST_RESPONSE' };
  }
  const [, service = '', action = '', suffix = ''] = INTEGRATION_ARN.exec(arn) ?? [];
  const integration = Object.hasOwn(INTEGRATIONS, service) ? INTEGRATIONS[service] : undefined;
  const pattern = PATTERNS.find((candidate) => PATTERN_SUFFIXES[candidate] === suffix);
  if (integration === undefined || pattern === undefined || !integration.patterns.includes(pattern)) {
    throw unsupported(arn);
  }
  if (integration.actions !== undefined && !integration.actions.includes(action)) {
    throw unsupported(arn);
  }
  return { arn, service, action, pattern };
}

/** The name of the resource in `Task…` events, such as `invoke.waitForTaskToken`. */
export function eventResourceName(resource: TaskResource): string {
  return resource.action + PATTERN_SUFFIXES[resource.pattern];
}

function unsupported(arn: string): UnsupportedResourceError {
  const supported = Object.entries(INTEGRATIONS).map(([service, { actions, patterns }]) => {
    const suffixes = patterns.map((pattern) => PATTERN_SUFFIXES[pattern]).filter((suffix) => suffix !== '');
    return `${service}:${actions?.join('|') ?? '*'}${suffixes.length > 0 ? ` (also ${suffixes.join(', ')})` : ''}`;
  });
  const what = arn.includes(':activity:') ? 'Activities are' : 'The resource is';
  return new UnsupportedResourceError(
    `${what} not supported: '${arn}'. Supported are Lambda function ARNs and arn:aws:states:::<service>:<action> with ${supported.join('; ')}`,
  );
}
