import { HttpApi, Monitoring, NodeFunction, StateMachine } from '@workflows/constructs';
import { onlyResource, permissionsOfRole, readable, resourcesOf } from '@workflows/constructs/testing';
import { deploymentOf } from '@workflows/handlers/deployment';
import { CallbackTasks, type CallbackTasksProps } from '../src';
import { newStack } from './support/new-stack';

const build = (props: Partial<CallbackTasksProps> = {}, stack = newStack()) => {
  const api = new HttpApi(stack, 'Api', { name: 'api', authorization: 'AWS_IAM' });
  const tasks = new CallbackTasks(stack, 'Tasks', {
    namePrefix: 'dev',
    api,
    externalServiceUrl: 'https://example.com/external',
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

const functionNamed = (stack: Stack, name: string) =>
  Object.values(resourcesOf(stack, 'aws_lambda_function')).find((it) => it.function_name === `dev-${name}`);

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
      'call-external',
      [
        'dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>',
        `states:SendTaskFailure, states:SendTaskSuccess on <${MACHINE}>`,
      ],
    ],
    [
      'complete-task',
      [
        'dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>',
        `states:DescribeExecution on ${EXECUTIONS}`,
        `states:SendTaskFailure, states:SendTaskSuccess on <${MACHINE}>`,
      ],
    ],
    [
      'heartbeat-task',
      [
        'dynamodb:GetItem on <aws_dynamodb_table.Tasks_Table.arn>',
        `states:DescribeExecution on ${EXECUTIONS}`,
        `states:SendTaskHeartbeat on <${MACHINE}>`,
      ],
    ],
    ['measure-waiting', ['dynamodb:Query on <aws_dynamodb_table.Tasks_Table.arn>/index/waiting']],
    ['get-task', ['dynamodb:GetItem on <aws_dynamodb_table.Tasks_Table.arn>']],
    ['close-task', ['dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>']],
    ['settle-task', ['dynamodb:GetItem, dynamodb:UpdateItem on <aws_dynamodb_table.Tasks_Table.arn>']],
  ])('%s may do exactly what it does', (role, permissions) => {
    const own = permissionsOfRole(build().stack, `dev-${role}`).filter((it) => !/^(logs|xray):/.test(it));

    expect(own).toEqual(permissions);
  });

  it('lets the state machine invoke the function that asks and the one that settles, no other', () => {
    const invocations = permissionsOfRole(build().stack, 'machine').filter((it) => it.startsWith('lambda:'));

    expect(invocations).toEqual([
      'lambda:InvokeFunction on <aws_lambda_function.Tasks_CallExternal.arn>',
      'lambda:InvokeFunction on <aws_lambda_function.Tasks_SettleTask.arn>',
    ]);
  });

  it('tells the functions where the records, the API and the external service are', () => {
    const { stack } = build();
    const environmentOf = (name: string) => {
      const found = functionNamed(stack, name) as { environment: { variables: object } };
      return JSON.parse(readable(JSON.stringify(found.environment.variables)));
    };

    expect(environmentOf('call-external')).toMatchObject({
      TASKS_TABLE_NAME: '<aws_dynamodb_table.Tasks_Table.name>',
      API_URL: '<aws_apigatewayv2_api.Api.api_endpoint>/prod/',
      EXTERNAL_SERVICE_URL: 'https://example.com/external',
      RECORD_GRACE_SECONDS: '604800',
    });
    expect(environmentOf('measure-waiting')).toMatchObject({
      TASKS_TABLE_NAME: '<aws_dynamodb_table.Tasks_Table.name>',
      METRICS_NAMESPACE: 'Workflows',
    });
    expect(environmentOf('settle-task')).toMatchObject({ RECORD_GRACE_SECONDS: '604800' });
    expect(environmentOf('get-task')).toMatchObject({ TASKS_TABLE_NAME: '<aws_dynamodb_table.Tasks_Table.name>' });
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
      '<aws_cloudwatch_event_rule.Tasks_Ended.name> <aws_lambda_function.Tasks_CloseTask.arn>',
    );
    expect(ruleCallers(stack)).toContain(
      '<aws_cloudwatch_event_rule.Tasks_Ended.arn> <aws_lambda_function.Tasks_CloseTask.function_name>',
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
      '<aws_cloudwatch_event_rule.Tasks_Measure.name> <aws_lambda_function.Tasks_MeasureWaiting.arn>',
    );
    expect(ruleCallers(stack)).toContain(
      '<aws_cloudwatch_event_rule.Tasks_Measure.arn> <aws_lambda_function.Tasks_MeasureWaiting.function_name>',
    );
  });

  describe('that are watched', () => {
    const watch = (props: Partial<CallbackTasksProps> = {}) => {
      const stack = newStack();
      const monitoring = new Monitoring(stack, 'Monitoring', { name: 'dev', region: 'us-east-1' });
      build({ monitoring, ...props }, stack);
      return stack;
    };

    const alarmNamed = (stack: Stack, name: string) =>
      Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm')).find((it) => it.alarm_name === name);

    it('raise an alarm when the oldest has waited for too long, and keep it while nothing is measured', () => {
      const alarm = alarmNamed(watch(), 'dev-waiting-oldest');

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

    it('raise an alarm when callbacks are refused', () => {
      const alarm = alarmNamed(watch(), 'dev-callbacks-rejected');

      expect(JSON.parse(readable(JSON.stringify(alarm)))).toMatchObject({
        alarm_description: 'PUT /tasks/{taskId} refused requests: wrong resume tokens, late or conflicting callbacks.',
        namespace: 'AWS/ApiGateway',
        metric_name: '4xx',
        dimensions: {
          ApiId: '<aws_apigatewayv2_api.Api.id>',
          Stage: 'prod',
          Method: 'PUT',
          Resource: '/tasks/{taskId}',
        },
        statistic: 'Sum',
        threshold: 5,
        treat_missing_data: 'notBreaching',
      });
    });

    it('raise an alarm when a function fails or is throttled', () => {
      const stack = watch();

      expect(alarmNamed(stack, 'dev-settle-task-errors')).toBeDefined();
      expect(alarmNamed(stack, 'dev-measure-waiting-throttles')).toBeDefined();
    });

    it('are shown by their maximum', () => {
      const { dashboard_body: body } = onlyResource(watch(), 'aws_cloudwatch_dashboard');
      const { widgets } = JSON.parse(readable(String(body))) as { widgets: { properties: object }[] };

      expect(widgets.map((it) => it.properties)).toContainEqual(
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
      );
    });

    it.each([59, 31_536_001, 90.5])('refuse a threshold of %d seconds', (waitingAlarmSeconds) => {
      expect(() => watch({ waitingAlarmSeconds })).toThrow(
        `Stack/Tasks: waitingAlarmSeconds is ${waitingAlarmSeconds}; allowed: a whole number of seconds from 60 to 31536000. A wait lasts at most a year. A value below 60 would raise alarms for normal waits.`,
      );
    });
  });

  it('replaces the parts of a function that it is given', () => {
    const bundle = deploymentOf('get-task', { TASKS_TABLE_NAME: 'dev-tasks' }).bundle;
    const { stack } = build({
      functions: { 'settle-task': { bundle, memoryMib: 512, environment: { MODE: 'strict' } } },
    });
    const fn = functionNamed(stack, 'settle-task');
    const hashOf = (name: string) => functionNamed(stack, name)?.source_code_hash;

    expect(fn).toMatchObject({
      memory_size: 512,
      environment: { variables: { MODE: 'strict', RECORD_GRACE_SECONDS: '604800' } },
    });
    expect(hashOf('settle-task')).toBe(hashOf('get-task'));
    expect(hashOf('close-task')).not.toBe(hashOf('get-task'));
  });

  it('lets the stack create the functions', () => {
    const stack = newStack();
    build({ createFunction: (id, props) => new NodeFunction(stack, id, { ...props, logRetentionDays: 7 }) }, stack);

    expect(Object.keys(resourcesOf(stack, 'aws_lambda_function'))[0]).toMatch(/^CallExternal_/);
    for (const { name, retention_in_days } of Object.values(resourcesOf(stack, 'aws_cloudwatch_log_group'))) {
      expect({ name, retention_in_days }).toEqual({
        name,
        retention_in_days: String(name).includes('/lambda/') ? 7 : 30,
      });
    }
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
      'Stack/Tasks: recordGraceSeconds is 3600; allowed: a whole number of seconds from 86400 to 315360000. A record must outlive its execution by at least a day, so that a late callback still finds it.',
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    const children = build().tasks.node.children.map((it) => `${it.node.id} (${it.constructor.name})`);

    expect(children).toEqual([
      'Table (Table)',
      'CallExternal (NodeFunction)',
      'CompleteTask (NodeFunction)',
      'HeartbeatTask (NodeFunction)',
      'GetTask (NodeFunction)',
      'SettleTask (NodeFunction)',
      'CloseTask (NodeFunction)',
      'MeasureWaiting (NodeFunction)',
      'Measure (Schedule)',
      'Ended (ExecutionStatusRule)',
    ]);
  });
});
