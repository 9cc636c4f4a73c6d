import { AwsError } from '../contracts';
import type { ServiceContext } from './context';
import type { UsedResource } from './used-resources';

const MANAGED_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';
const MANAGED_RULE_ACTIONS = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];
const NESTED_SYNC = /^arn:[\w-]+:states:::states:startExecution\.sync(:2)?$/;

/**
 * Step Functions waits for nested executions through an EventBridge rule that it creates as the state machine's role,
 * and so refuses a state machine whose role may not create it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 * @throws {AwsError} `AccessDeniedException`
 */
export function authorizeManagedRules(
  context: ServiceContext,
  resources: readonly UsedResource[],
  roleArn: string,
): void {
  if (!resources.some(({ resource }) => NESTED_SYNC.test(resource))) {
    return;
  }
  const { partition, region, accountId } = context.at;
  const rule = `arn:${partition}:events:${region}:${accountId}:rule/${MANAGED_RULE}`;
  try {
    for (const action of MANAGED_RULE_ACTIONS) {
      context.authorizer.authorize({ roleArn }, action, rule);
    }
  } catch (error) {
    if (error instanceof AwsError) {
      throw new AwsError(
        'AccessDeniedException',
        `'${roleArn}' is not authorized to create managed-rule. ${error.message}`,
        error.status,
      );
    }
    throw error;
  }
}
