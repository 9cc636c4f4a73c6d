/** Actions for which AWS accepts no resource: the only ones that may be granted on `*`. */
export interface WildcardGrant {
  readonly actions: readonly string[];
  readonly reason: string;
  readonly see: string;
}

const WILDCARD_GRANTS: readonly WildcardGrant[] = [
  {
    actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    reason:
      'X-Ray does not support resources for traces and telemetry, and reads the sampling rules of the whole account',
    see: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html',
  },
  {
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    reason: 'Step Functions sets up log delivery itself, with an API that does not support resources',
    see: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy',
  },
];

/** Whether an action has to be granted on `*`. */
export function needsWildcard(action: string): boolean {
  return WILDCARD_GRANTS.some(({ actions }) => actions.includes(action));
}

/**
 * Whether a resource stands for everything of its kind: `*`, or an ARN whose resource is nothing but wildcards behind its type,
 * such as `arn:aws:lambda:eu-central-1:123456789012:function:*`. What follows a name or a reference is a part of it.
 */
export function isWildcard(resource: string): boolean {
  if (!resource.includes('*')) {
    return false;
  }
  const masked = resource.replace(/\$\{[^}]*\}/g, 'reference');
  if (!masked.startsWith('arn:')) {
    return masked.startsWith('*');
  }
  const [, , service, region, account, ...rest] = masked.split(':');
  const name = rest.join(':').replace(/^[a-z-]+[:/]/, '');
  return name.startsWith('*') || [service, region, account].includes('*');
}
