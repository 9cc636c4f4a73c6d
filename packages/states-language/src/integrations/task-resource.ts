import { INTEGRATION_PATTERNS, type IntegrationPattern, PATTERN_SUFFIX } from '../document/integration-pattern';
import { StatesLanguageError } from '../errors';
import { AWS_SDK_PATTERNS, OPTIMIZED_INTEGRATIONS } from './optimized';

/** A Task state's `Resource`, taken apart. */
export interface TaskResource {
  /** The ARN as the definition has it. */
  readonly arn: string;
  /**
   * As in `arn:aws:states:::<service>:<action>`, such as `sqs` or `aws-sdk:s3`. The ARN of a function is `lambda` with
   * the action `function`, the ARN of an activity `states` with the action `activity`.
   */
  readonly service: string;
  readonly action: string;
  readonly pattern: IntegrationPattern;
}

/** A `Resource` that Step Functions does not know. */
export class UnknownResourceError extends StatesLanguageError {
  override readonly name = 'UnknownResourceError';
}

const FUNCTION_ARN = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
const ACTIVITY_ARN = /^arn:[\w-]+:states:[\w-]+:\d{12}:activity:[^\s:]{1,80}$/;
const INTEGRATION_ARN = /^arn:[\w-]+:states:[\w-]*:\d*:((?:aws-sdk:)?[\w-]+):(\w+)(\.[\w:]+)?$/;
/** An action of the AWS SDK begins with a lower-case letter. */
const AWS_SDK_NAME = /^aws-sdk:[a-z][a-z0-9]*:[a-z]\w*$/;

/**
 * Takes a Task state's `Resource` apart.
 *
 * @throws {@link UnknownResourceError} for what Step Functions refuses. Names of `aws-sdk` services and actions are not
 * looked up: they are thousands, and AWS adds some every week.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
 */
export function parseTaskResource(arn: string): TaskResource {
  if (FUNCTION_ARN.test(arn)) {
    return { arn, service: 'lambda', action: 'function', pattern: 'REQUEST_RESPONSE' };
  }
  if (ACTIVITY_ARN.test(arn)) {
    return { arn, service: 'states', action: 'activity', pattern: 'REQUEST_RESPONSE' };
  }
  if (!arn.startsWith('arn:')) {
    throw new UnknownResourceError('Value is not a valid resource ARN');
  }
  const [, service = '', action = '', suffix = ''] = INTEGRATION_ARN.exec(arn) ?? [];
  const pattern = INTEGRATION_PATTERNS.find((candidate) => PATTERN_SUFFIX[candidate] === suffix);
  if (pattern === undefined || !patternsOf(service, action).includes(pattern)) {
    throw new UnknownResourceError(
      `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
    );
  }
  return { arn, service, action, pattern };
}

function patternsOf(service: string, action: string): readonly IntegrationPattern[] {
  if (AWS_SDK_NAME.test(`${service}:${action}`)) {
    return AWS_SDK_PATTERNS;
  }
  const actions = Object.hasOwn(OPTIMIZED_INTEGRATIONS, service) ? OPTIMIZED_INTEGRATIONS[service] : undefined;
  return (actions !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined) ?? [];
}

/** Whether workers fetch the task, and answer it by its token. */
export function isActivity({ service, action }: TaskResource): boolean {
  return service === 'states' && action === 'activity';
}

/** The name of the resource in `Task…` events, such as `invoke.waitForTaskToken`. */
export function eventResourceName(resource: TaskResource): string {
  return resource.action + PATTERN_SUFFIX[resource.pattern];
}
