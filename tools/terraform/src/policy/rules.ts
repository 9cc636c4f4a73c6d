/** What must hold for every stack: each rule lists what breaks it, and is empty when nothing does. */
import * as v from 'valibot';
import { ofType, type PlannedResource, type PlannedStack, referencedAddress } from './planned-stack';
import { plainTextSecret } from './secrets';
import { roleStatements } from './statements';
import { isWildcard, needsWildcard } from './wildcards';

export interface Rule {
  /** What holds, as a sentence. */
  readonly title: string;
  readonly violations: (stack: PlannedStack) => string[];
}

/** Those resources of a type for which a condition does not hold. */
const each = (type: string, holds: (it: PlannedResource, stack: PlannedStack) => boolean): Rule['violations'] => {
  return (stack) => ofType(stack, type).flatMap((it) => (holds(it, stack) ? [] : [it.address]));
};

/** A block of a plan is a list of at most one. */
const block = (value: unknown): Readonly<Record<string, unknown>> => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Readonly<Record<string, unknown>>) : {};
};

const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0;

/** Roles by address, with everything that runs under each. */
function bearers(stack: PlannedStack): Map<string, string[]> {
  const roles = new Map<string, string[]>();
  for (const { config, address } of [
    ...ofType(stack, 'aws_lambda_function'),
    ...ofType(stack, 'aws_sfn_state_machine'),
  ]) {
    const role = referencedAddress(config.role ?? config.role_arn) ?? `a role outside of the stack (${address})`;
    roles.set(role, [...(roles.get(role) ?? []), address]);
  }
  return roles;
}

const Trust = v.object({
  Statement: v.array(
    v.object({ Principal: v.strictObject({ Service: v.pipe(v.string(), v.endsWith('.amazonaws.com')) }) }),
  ),
});

export const RULES: readonly Rule[] = [
  {
    title: 'no statement allows an action with a wildcard',
    violations: (stack) =>
      roleStatements(stack).flatMap(({ role, statements }) =>
        statements
          .filter(({ Effect }) => Effect === 'Allow')
          .flatMap(({ Action }) => Action.filter((it) => it.includes('*')).map((it) => `${role}: ${it}`)),
      ),
  },
  {
    title: 'a wildcard resource is granted only for actions that support no other resource',
    violations: (stack) =>
      roleStatements(stack).flatMap(({ role, statements }) =>
        statements
          .filter(({ Effect, Resource }) => Effect === 'Allow' && Resource.some(isWildcard))
          .flatMap(({ Action }) => Action.filter((it) => !needsWildcard(it)).map((it) => `${role}: ${it}`)),
      ),
  },
  {
    title: 'only one AWS service can assume a role',
    violations: each('aws_iam_role', ({ values }) => {
      const parsed = v.safeParse(Trust, JSON.parse(String(values.assume_role_policy ?? 'null')));
      return parsed.success && parsed.output.Statement.length === 1;
    }),
  },
  {
    title: 'every function and every state machine has a role of its own',
    violations: (stack) => {
      const own = new Set(ofType(stack, 'aws_iam_role').map((it) => it.address));
      return [...bearers(stack)].flatMap(([role, users]) =>
        users.length === 1 && own.has(role) ? [] : [`${users.join(', ')}: ${role}`],
      );
    },
  },
  {
    title: 'every function sets a timeout of at most 15 minutes',
    violations: each(
      'aws_lambda_function',
      ({ config, values }) =>
        config.timeout !== undefined && isPositive(values.timeout) && Number(values.timeout) <= 900,
    ),
  },
  {
    title: 'every function is traced',
    violations: each('aws_lambda_function', ({ values }) => block(values.tracing_config).mode === 'Active'),
  },
  {
    title: 'every state machine is traced',
    violations: each('aws_sfn_state_machine', ({ values }) => block(values.tracing_configuration).enabled === true),
  },
  {
    title: 'every function has a log group that the stack owns',
    violations: each('aws_lambda_function', ({ values }, stack) =>
      ofType(stack, 'aws_cloudwatch_log_group').some(
        (group) => group.values.name === `/aws/lambda/${String(values.function_name)}`,
      ),
    ),
  },
  {
    title: 'every log group has a retention period',
    violations: each('aws_cloudwatch_log_group', ({ values }) => isPositive(values.retention_in_days)),
  },
  {
    title: 'every table is encrypted with a key of the account',
    violations: each('aws_dynamodb_table', ({ values }) => block(values.server_side_encryption).enabled === true),
  },
  {
    title: 'every table can be restored to a point in time',
    violations: each('aws_dynamodb_table', ({ values }) => block(values.point_in_time_recovery).enabled === true),
  },
  {
    title: 'every API stage has access logs and throttling',
    violations: each('aws_apigatewayv2_stage', ({ values, config }) => {
      const settings = block(values.default_route_settings);
      return (
        block(config.access_log_settings).destination_arn !== undefined &&
        isPositive(settings.throttling_rate_limit) &&
        isPositive(settings.throttling_burst_limit)
      );
    }),
  },
  {
    title: 'a service may invoke a function only on behalf of a named source',
    violations: each('aws_lambda_permission', ({ config }) => {
      const { source_arn: source, principal } = config;
      return principal !== '*' && typeof source === 'string' && source !== '' && !isWildcard(source);
    }),
  },
  {
    title: 'no environment variable holds a secret in plain text',
    violations: (stack) =>
      ofType(stack, 'aws_lambda_function').flatMap(({ address, config }) =>
        Object.entries(block(block(config.environment).variables)).flatMap(([name, value]) => {
          const why = plainTextSecret(name, String(value));
          return why === undefined ? [] : [`${address}: ${name} ${why}`];
        }),
      ),
  },
];
