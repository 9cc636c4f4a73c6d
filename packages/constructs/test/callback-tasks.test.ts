import { Testing } from 'cdktf';
import { CallbackTasks, type CallbackTasksProps, HttpApi, NodeFunction, StateMachine } from '../src';
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
    expect(environmentOf('settle')).toMatchObject({ RECORD_GRACE_SECONDS: '86400' });
    expect(environmentOf('get')).toMatchObject({ TASKS_TABLE_NAME: '<aws_dynamodb_table.Tasks_Table.name>' });
  });

  it('closes the record of an execution that ends without a callback', () => {
    const { stack } = build();

    const rule = onlyResource(stack, 'aws_cloudwatch_event_rule');
    expect(JSON.parse(readable(String(rule.event_pattern)))).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [`<${MACHINE}>`], status: ['ABORTED', 'FAILED', 'TIMED_OUT'] },
    });
    expect(readable(String(onlyResource(stack, 'aws_cloudwatch_event_target').arn))).toBe(
      '<aws_lambda_function.close.arn>',
    );
    const permissions = Object.values(resourcesOf(stack, 'aws_lambda_permission'));
    const permission = permissions.find((it) => it.principal === 'events.amazonaws.com');
    expect(readable(String(permission?.source_arn))).toBe('<aws_cloudwatch_event_rule.Tasks_Ended.arn>');
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
      └── Ended (ExecutionStatusRule)
          ├── Resource (CloudwatchEventRule)
          ├── Target (CloudwatchEventTarget)
          └── Permission (LambdaPermission)
      "
    `);
  });
});
