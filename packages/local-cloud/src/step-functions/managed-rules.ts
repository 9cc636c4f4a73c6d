import { type Definition, parseTaskResource, statesOf } from '@workflows/states-language';
import { AwsError } from '../contracts';
import type { ServiceContext } from './context';

const MANAGED_RULE_ACTIONS = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];

/**
 * Step Functions waits for jobs through EventBridge rules that it creates as the state machine's role, and so refuses a state machine whose role may not create it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 * @throws {AwsError} `AccessDeniedException`
 */
export function authorizeManagedRules(context: ServiceContext, definition: Definition, roleArn: string): void {
  const { partition, region, accountId } = context.at;
  try {
    for (const name of managedRulesOf(context, definition)) {
      const rule = `arn:${partition}:events:${region}:${accountId}:rule/${name}`;
      for (const action of MANAGED_RULE_ACTIONS) {
        context.authorizer.authorize({ roleArn }, action, rule);
      }
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

function managedRulesOf({ integrations }: ServiceContext, definition: Definition): ReadonlySet<string> {
  const rules = new Set<string>();
  for (const { state } of statesOf(definition)) {
    const resource = state.Type === 'Task' ? parseTaskResource(state.Resource) : undefined;
    if (resource?.pattern === 'SYNC' || resource?.pattern === 'SYNC_2') {
      const rule = integrations.find(resource)?.managedRule;
      if (rule !== undefined) {
        rules.add(rule);
      }
    }
  }
  return rules;
}
