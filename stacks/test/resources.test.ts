/** Proves what every resource of a kind has, whichever stack it is in. */
import { STACKS, synthesize } from './support/synthesized';

const stacks = synthesize({ WORKFLOWS_ENVIRONMENT: 'prod' });
const all = (type: string) => STACKS.flatMap((stack) => stacks[stack].all(type));

describe('every resource', () => {
  it('is counted, stack by stack', () => {
    const counts = STACKS.map((stack) => [
      stack,
      Object.values(stacks[stack].json.resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0),
    ]);

    expect(Object.fromEntries(counts)).toEqual({
      WorkflowIdempotentStack: 39,
      WorkflowsLambdaStack: 13,
      WorkflowsStack: 153,
    });
  });

  it.each(all('aws_dynamodb_table').map((it) => [it.name, it]))(
    '%s is encrypted, recoverable and expires records',
    (_, table) => {
      expect(table).toMatchObject({
        server_side_encryption: { enabled: true },
        point_in_time_recovery: { enabled: true },
        deletion_protection_enabled: true,
        ttl: { attribute_name: 'expiresAt', enabled: true },
      });
    },
  );

  it('that logs keeps its log for a limited time', () => {
    for (const group of all('aws_cloudwatch_log_group')) {
      expect(group.retention_in_days).toBe(30);
    }
  });

  it('that is a function has a timeout, a trace and its runtime', () => {
    for (const it of all('aws_lambda_function')) {
      expect(it).toMatchObject({ runtime: 'nodejs22.x', architectures: ['arm64'], tracing_config: { mode: 'Active' } });
      expect(it.timeout).toBeLessThanOrEqual(60);
    }
  });

  it('that is a function behind an API answers before the gateway does', () => {
    const behind = new Map(all('aws_apigatewayv2_integration').map((it) => [String(it.integration_uri), it]));
    const slow = STACKS.flatMap((stack) => Object.entries(stacks[stack].json.resource.aws_lambda_function ?? {}))
      .filter(([id]) => behind.has(`\${aws_lambda_function.${id}.invoke_arn}`))
      .filter(([, it]) => Number(it.timeout) > 25)
      .map(([, it]) => it.function_name);

    // It answers at once, and calls back in an invocation of its own.
    expect(slow).toEqual(['prod-external-service']);
  });

  it('that is a state machine traces, and logs no data', () => {
    for (const it of all('aws_sfn_state_machine')) {
      expect(it).toMatchObject({
        type: 'STANDARD',
        tracing_configuration: { enabled: true },
        logging_configuration: { level: 'ERROR', include_execution_data: false },
      });
    }
  });

  it('that is a function, a state machine or an API is watched', () => {
    const alarms = all('aws_cloudwatch_metric_alarm').map((it) => String(it.alarm_name));
    const expected = [
      ...all('aws_lambda_function').flatMap((it) => [`${it.function_name}-errors`, `${it.function_name}-throttles`]),
      ...all('aws_sfn_state_machine').flatMap((it) => [`${it.name}-failed`, `${it.name}-timed-out`]),
      ...all('aws_apigatewayv2_api').map((it) => `${it.name}-5xx`),
      'prod-callbacks-rejected',
      'prod-waiting-oldest',
    ];

    expect(alarms.sort()).toEqual(expected.sort());
    expect(
      all('aws_cloudwatch_dashboard')
        .map((it) => it.dashboard_name)
        .sort(),
    ).toEqual(STACKS.map((stack) => `prod-${stack}`).sort());
  });

  it('that closes tasks hears of executions of Workflow only, when they end without a result or after a redrive', () => {
    const [rule, ...others] = all('aws_cloudwatch_event_rule').filter((it) => it.event_pattern !== undefined);

    expect(others).toEqual([]);
    expect(rule?.name).toBe('prod-Workflow-ended');
    expect(String(rule?.event_pattern)).toContain(
      '"$or":[{"status":["ABORTED","FAILED","TIMED_OUT"]},{"status":["SUCCEEDED"],"redriveCount":[{"anything-but":[0]}]}]',
    );
    expect(String(rule?.event_pattern)).toMatch(
      /"stateMachineArn":\["\$\{aws_sfn_state_machine\.Workflow_\w+\.arn\}"\]/,
    );
  });

  it('that measures the oldest waiting task does so every five minutes, by an index', () => {
    expect(all('aws_cloudwatch_event_rule').filter((it) => it.schedule_expression !== undefined)).toMatchObject([
      { name: 'prod-tasks-measure', schedule_expression: 'rate(5 minutes)' },
    ]);
    expect(all('aws_dynamodb_table').flatMap((it) => it.global_secondary_index ?? [])).toEqual([
      {
        name: 'waiting',
        hash_key: 'waitingShard',
        range_key: 'waitingSince',
        projection_type: 'INCLUDE',
        non_key_attributes: ['expiresAt'],
      },
    ]);
  });
});
