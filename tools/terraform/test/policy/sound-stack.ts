/** A stack to which no rule objects, as a plan and the configuration that it was made from; tests break one thing in it. */

export interface Parts {
  /** Arguments as synthesized, by address. */
  readonly config: Record<string, Record<string, unknown>>;
}

const policy = (...statements: unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

const trust = (service: string): string =>
  policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } });

/** Fresh every time, so that a test may change it. */
export const soundStack = (): Parts => ({
  config: {
    'aws_iam_role.GetTask_Role': { name: 'dev-get-task', assume_role_policy: trust('lambda.amazonaws.com') },
    'aws_iam_role_policy.GetTask_Policy': {
      role: '${aws_iam_role.GetTask_Role.name}',
      policy: policy(
        { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: ['${aws_dynamodb_table.Tasks.arn}'] },
        { Effect: 'Allow', Action: ['logs:PutLogEvents'], Resource: ['${aws_cloudwatch_log_group.GetTask_Log.arn}:*'] },
        { Effect: 'Allow', Action: ['states:DescribeExecution'], Resource: ['EXECUTIONS:*'] },
        { Effect: 'Allow', Action: ['xray:PutTraceSegments'], Resource: ['*'] },
        // Quotes within an expression are not escaped in the template that Terraform gets.
      ).replace('EXECUTIONS', '${replace(aws_sfn_state_machine.Workflow.arn, ":stateMachine:", ":execution:")}'),
    },
    'aws_lambda_function.GetTask': {
      function_name: 'dev-get-task',
      role: '${aws_iam_role.GetTask_Role.arn}',
      timeout: 25,
      tracing_config: { mode: 'Active' },
      environment: { variables: { TASKS_TABLE_NAME: '${aws_dynamodb_table.Tasks.name}' } },
    },
    'aws_lambda_permission.GetTask_Permission': {
      principal: 'apigateway.amazonaws.com',
      source_arn: '${aws_apigatewayv2_api.Api.execution_arn}/*/GET/tasks/{taskId}',
    },
    'aws_cloudwatch_log_group.GetTask_Log': { name: '/aws/lambda/dev-get-task', retention_in_days: 30 },
    'aws_iam_role.Workflow_Role': { name: 'dev-Workflow', assume_role_policy: trust('states.amazonaws.com') },
    'aws_sfn_state_machine.Workflow': {
      name: 'dev-Workflow',
      role_arn: '${aws_iam_role.Workflow_Role.arn}',
      tracing_configuration: { enabled: true },
    },
    'aws_dynamodb_table.Tasks': {
      name: 'dev-tasks',
      server_side_encryption: { enabled: true },
      point_in_time_recovery: { enabled: true },
    },
    'aws_apigatewayv2_stage.Stage': {
      name: 'prod',
      access_log_settings: { destination_arn: '${aws_cloudwatch_log_group.Access.arn}', format: '{}' },
      default_route_settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 },
    },
  },
});

const hasReference = (value: unknown): boolean => JSON.stringify(value ?? null).includes('${');

/** A plan knows what is literal; blocks are lists in it. */
function planned(config: Record<string, unknown>): Record<string, unknown> {
  const known = Object.entries(config).filter(([, value]) => !hasReference(value));
  return Object.fromEntries(known.map(([name, value]) => [name, typeof value === 'object' ? [value] : value]));
}

/** The two files that `pnpm plan` writes for a stack. */
export function filesOf({ config }: Parts): { readonly planJson: string; readonly synthesizedJson: string } {
  const resource: Record<string, Record<string, unknown>> = {};
  const changes = Object.entries(config).map(([address, values]) => {
    const [type = '', name = ''] = address.split('.');
    resource[type] = {
      ...resource[type],
      [name]: { ...values, '//': { metadata: { path: `TestStack/${name.replaceAll('_', '/')}/Resource` } } },
    };
    return {
      address,
      mode: 'managed',
      type,
      name,
      change: { actions: ['create'], before: null, after: planned(values) },
    };
  });
  return {
    planJson: JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes }),
    synthesizedJson: JSON.stringify({ resource }),
  };
}
