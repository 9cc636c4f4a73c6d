import { Testing } from 'cdktf';
import { CallbackTasks, type CallbackTasksProps, HttpApi, Monitoring, NodeFunction, StateMachine } from '../src';
import { bundle, newStack, onlyResource, permissionsOfRole, readable, resourcesOf } from './support/synthesis';

const build = (props: Partial<CallbackTasksProps> = {}) => {
  const stack = newStack();
  const fn = (name: string) => new NodeFunction(stack, name, { name, bundle: bundle() });
  const api = new HttpApi(stack, 'Api', { name: 'api', authorization: 'AWS_IAM' });
  const tasks = new CallbackTasks(stack, 'Tasks', {
    tableName: 'dev-tasks',
    api,
    externalServiceUrl: 'https://example.com/external',
    recordGraceSeconds: 86_400,
    functions: {
      callExternal: fn('call'),
      complete: fn('complete'),
      heartbeat: fn('heartbeat'),
      get: fn('get'),
      settle: fn('settle'),
      close: fn('close'),
      measureWaiting: fn('measure'),
    },
    ...props,
  });
  const machine = new StateMachine(stack, 'Machine', {
    name: 'machine',
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'Request',
      States: {
        Request: tasks.requestState({ input: '{% $states.input %}', timeoutSeconds: 60, retry: [], next: 'Done' }),
        ...tasks.settleStates({ retry: [], recovered: 'Done' }),
        Done: { Type: 'Succeed' },
      },
    },
  });
  tasks.resume(machine);
  return { stack, tasks, machine };
};

const MACHINE = 'aws_sfn_state_machine.Machine.arn';
const EXECUTIONS = `<replace(${MACHINE}, ':stateMachine:', ':execution:')>:*`;

type Stack = ReturnType<typeof build>['stack'];

const ruleNamed = (stack: Stack, name: string) =>
  Object.values(resourcesOf(stack, 'aws_cloudwatch_event_rule')).find((it) => it.name === name);

/** Every rule with the function that it calls. */
const ruleTargets = (stack: Stack) =>
  Object.values(resourcesOf(stack, 'aws_cloudwatch_event_target')).map((it) => readable(`${it.rule} ${it.arn}`));

/** Every rule with the function that it may call. */
const ruleCallers = (stack: Stack) =>
  Object.values(resourcesOf(stack, 'aws_lambda_permission'))
    .filter((it) => it.principal === 'events.amazonaws.com')
    .map((it) => readable(`${it.source_arn} ${it.function_name}`));

describe('CallbackTasks', () => {
  it('keeps the records in a protected table from which they expire', () => {
    expect(onlyResource(build().stack, 'aws_dynamodb_table')).toMatchObject({
      name: 'dev-tasks',
      hash_key: 'taskId',
      ttl: { attribute_name: 'expiresAt', enabled: true },
      deletion_protection_enabled: true,
    });
  });

  it.each([
    [
      'call',
      [
        'dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>',
        `states:SendTaskFailure, states:SendTaskSuccess on <${MACHINE}>`,
      ],
    ],
    [
      'complete',
      [
        'dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>',
        `states:DescribeExecution on ${EXECUTIONS}`,
        `states:SendTaskFailure, states:SendTaskSuccess on <${MACHINE}>`,
      ],
    ],
    [
      'heartbeat',
      [
        'dynamodb:GetItem on <aws_dynamodb_table.Tasks_Table.arn>',
        `states:DescribeExecution on ${EXECUTIONS}`,
        `states:SendTaskHeartbeat on <${MACHINE}>`,
      ],
    ],
    ['measure', ['dynamodb:Query on <aws_dynamodb_table.Tasks_Table.arn>/index/waiting']],
    ['get', ['dynamodb:GetItem on <aws_dynamodb_table.Tasks_Table.arn>']],
    ['close', ['dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>']],
    ['settle', ['dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>']],
  ])('%s may do exactly what it does', (role, permissions) => {
    const own = permissionsOfRole(build().stack, role).filter((it) => !/^(logs|xray):/.test(it));

    expect(own).toEqual(permissions);
  });

  it('lets the state machine invoke the function that asks and the one that settles, no other', () => {
    const invocations = permissionsOfRole(build().stack, 'machine').filter((it) => it.startsWith('lambda:'));

    expect(invocations).toEqual([
      'lambda:InvokeFunction on <aws_lambda_function.call.arn>',
      'lambda:InvokeFunction on <aws_lambda_function.settle.arn>',
    ]);
  });

  it('tells the functions where the records, the API and the external service are', () => {
    const functions = Object.values(resourcesOf(build().stack, 'aws_lambda_function'));
    const environmentOf = (name: string) => {
      const found = functions.find((it) => it.function_name === name) as { environment: { variables: object } };
      return JSON.parse(readable(JSON.stringify(found.environment.variables)));
    };

    expect(environmentOf('call')).toMatchObject({
      TASKS_TABLE_NAME: '<aws_dynamodb_table.Tasks_Table.name>',
      API_URL: '<aws_apigatewayv2_api.Api.api_endpoint>/prod/',
      EXTERNAL_SERVICE_URL: 'https://example.com/external',
      RECORD_GRACE_SECONDS: '86400',
    });
    expect(environmentOf('measure')).toMatchObject({
      TASKS_TABLE_NAME: '<aws_dynamodb_table.Tasks_Table.name>',
      METRICS_NAMESPACE: 'Workflows',
    });
    expect(environmentOf('settle')).toMatchObject({ RECORD_GRACE_SECONDS: '86400' });
    expect(environmentOf('get')).toMatchObject({ TASKS_TABLE_NAME: '<aws_dynamodb_table.Tasks_Table.name>' });
  });

  it('closes the record of an execution that ends without a callback', () => {
    const { stack } = build();

    const rule = ruleNamed(stack, 'machine-ended');
    expect(JSON.parse(readable(String(rule?.event_pattern)))).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [`<${MACHINE}>`],
        $or: [
          { status: ['ABORTED', 'FAILED', 'TIMED_OUT'] },
          { status: ['SUCCEEDED'], redriveCount: [{ 'anything-but': [0] }] },
        ],
      },
    });
    expect(ruleTargets(stack)).toContain(
      '<aws_cloudwatch_event_rule.Tasks_Ended.name> <aws_lambda_function.close.arn>',
    );
    expect(ruleCallers(stack)).toContain(
      '<aws_cloudwatch_event_rule.Tasks_Ended.arn> <aws_lambda_function.close.function_name>',
    );
  });

  it('measures every five minutes how long the oldest task has waited, by an index of those that wait', () => {
    const { stack } = build();

    expect(onlyResource(stack, 'aws_dynamodb_table').global_secondary_index).toEqual([
      {
        name: 'waiting',
        hash_key: 'waitingShard',
        range_key: 'waitingSince',
        projection_type: 'INCLUDE',
        non_key_attributes: ['expiresAt'],
      },
    ]);
    expect(ruleNamed(stack, 'dev-tasks-measure')).toEqual({
      name: 'dev-tasks-measure',
      schedule_expression: 'rate(5 minutes)',
    });
    expect(ruleTargets(stack)).toContain(
      '<aws_cloudwatch_event_rule.Tasks_Measure.name> <aws_lambda_function.measure.arn>',
    );
    expect(ruleCallers(stack)).toContain(
      '<aws_cloudwatch_event_rule.Tasks_Measure.arn> <aws_lambda_function.measure.function_name>',
    );
  });

  describe('that are watched', () => {
    const watch = (thresholdSeconds: number) => {
      const { stack, tasks } = build();
      const monitoring = new Monitoring(stack, 'Monitoring', { name: 'dev', region: 'us-east-1' });
      monitoring.watchWaiting(tasks, 'dev-waiting', thresholdSeconds);
      return stack;
    };

    it('raise an alarm when the oldest has waited for too long, and keep it while nothing is measured', () => {
      const alarm = onlyResource(watch(7200), 'aws_cloudwatch_metric_alarm');

      expect(JSON.parse(readable(JSON.stringify(alarm)))).toEqual({
        alarm_name: 'dev-waiting-oldest',
        alarm_description: 'A task has waited for its callback for 7200 seconds or more; its record says since when.',
        namespace: 'Workflows',
        metric_name: 'OldestWaitingTaskAge',
        dimensions: { TableName: '<aws_dynamodb_table.Tasks_Table.name>' },
        statistic: 'Maximum',
        period: 300,
        evaluation_periods: 1,
        threshold: 7200,
        comparison_operator: 'GreaterThanOrEqualToThreshold',
        treat_missing_data: 'ignore',
        alarm_actions: [],
        ok_actions: [],
      });
    });

    it('are shown by their maximum', () => {
      const { dashboard_body: body } = onlyResource(watch(7200), 'aws_cloudwatch_dashboard');
      const { widgets } = JSON.parse(readable(String(body))) as { widgets: { properties: object }[] };

      expect(widgets.map((it) => it.properties)).toEqual([
        expect.objectContaining({
          title: 'dev-waiting',
          metrics: [
            [
              'Workflows',
              'OldestWaitingTaskAge',
              'TableName',
              '<aws_dynamodb_table.Tasks_Table.name>',
              { stat: 'Maximum' },
            ],
          ],
        }),
      ]);
    });

    it.each([59, 31_536_001, 90.5])('refuse a threshold of %d seconds', (seconds) => {
      expect(() => watch(seconds)).toThrow(
        `Stack/Monitoring: thresholdSeconds is ${seconds}; allowed: a whole number of seconds from 60 to 31536000. No wait lasts longer than a year, and every wait lasts a while.`,
      );
    });
  });

  it('asks no signature of the external service, whose credential is the resume token', () => {
    const routes = Object.values(resourcesOf(build().stack, 'aws_apigatewayv2_route'));

    expect(routes.map((it) => [it.route_key, it.authorization_type]).sort()).toEqual([
      ['GET /tasks/{taskId}', 'AWS_IAM'],
      ['POST /tasks/{taskId}/heartbeat', 'NONE'],
      ['PUT /tasks/{taskId}', 'NONE'],
    ]);
  });

  it('passes the function everything that a record holds', () => {
    const { tasks } = build();
    const state = tasks.requestState({ input: '{% $input %}', timeoutSeconds: 60, retry: [], next: 'Done' });

    expect(state.Arguments).toMatchObject({
      Payload: {
        taskToken: '{% $states.context.Task.Token %}',
        taskId: '{% $states.context.Execution.Name %}',
        executionArn: '{% $states.context.Execution.Id %}',
        input: '{% $input %}',
        timeoutSeconds: 60,
        attempt: '{% $states.context.State.RetryCount + 1 %}',
        startedAt: '{% $states.context.Execution.StartTime %}',
      },
    });
  });

  it('refuses a record that could expire before a late callback arrives', () => {
    expect(() => build({ recordGraceSeconds: 3600 })).toThrow(
      'Stack/Tasks: recordGraceSeconds is 3600; allowed: a whole number of seconds from 86400 to 315360000. A record must outlive its execution by a day at least, or a late callback finds nothing.',
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    expect(Testing.renderConstructTree(build().tasks)).toMatchInlineSnapshot(`
      "Tasks (CallbackTasks)
      ├── Table (Table)
          └── Resource (DynamodbTable)
      ├── Measure (Schedule)
          ├── Resource (CloudwatchEventRule)
          ├── Target (CloudwatchEventTarget)
          └── Permission (LambdaPermission)
      └── Ended (ExecutionStatusRule)
          ├── Resource (CloudwatchEventRule)
          ├── Target (CloudwatchEventTarget)
          └── Permission (LambdaPermission)
      "
    `);
  });
});
