import type { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { Construct } from 'constructs';
import type { NodeFunction } from './node-function';

/** Makes a function the target of a rule, and allows only this rule to invoke it. */
export function addRuleTarget(scope: Construct, rule: CloudwatchEventRule, target: NodeFunction): void {
  new CloudwatchEventTarget(scope, 'Target', { rule: rule.name, arn: target.arn });
  new LambdaPermission(scope, 'Permission', {
    statementId: 'events',
    action: 'lambda:InvokeFunction',
    functionName: target.resource.functionName,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  });
}
