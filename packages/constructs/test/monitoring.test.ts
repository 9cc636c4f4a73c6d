import { Testing } from 'cdktf';
import { HttpApi, Monitoring, type MonitoringProps, NodeFunction, StateMachine } from '../src';
import { bundle, newStack, onlyResource, readable, resourcesOf } from './support/synthesis';

const build = (props: Partial<MonitoringProps> = {}) => {
  const stack = newStack();
  const monitoring = new Monitoring(stack, 'Monitoring', { name: 'dev-stack', region: 'eu-central-1', ...props });
  monitoring.watchStateMachine(
    new StateMachine(stack, 'Machine', {
      name: 'dev-machine',
      definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
    }),
  );
  monitoring.watchFunction(new NodeFunction(stack, 'Fn', { name: 'dev-fn', bundle: bundle() }));
  const api = new HttpApi(stack, 'Api', { name: 'dev-api' });
  monitoring.watchApi(api);
  monitoring.watch('Orders', 'dev-orders', [
    { namespace: 'Shop', metricName: 'Open', dimensions: { Shop: 'dev' } },
    {
      namespace: 'Shop',
      metricName: 'Refused',
      dimensions: { Shop: 'dev' },
      statistic: 'Maximum',
      alarm: { suffix: 'refused', threshold: 5, description: 'The shop refused orders.' },
    },
  ]);
  return { stack, monitoring };
};

const alarmsOf = (stack: ReturnType<typeof newStack>) =>
  Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm'));

describe('Monitoring', () => {
  it('has an alarm for each thing that must not happen', () => {
    const rows = alarmsOf(build().stack).map(
      (it) =>
        `${it.alarm_name}: ${it.namespace} ${it.metric_name} ${readable(
          Object.values(it.dimensions as object).join(' '),
        )}`,
    );

    expect(rows.sort()).toEqual([
      'dev-api-5xx: AWS/ApiGateway 5xx <aws_apigatewayv2_api.Api.id> prod',
      'dev-fn-errors: AWS/Lambda Errors <aws_lambda_function.Fn.function_name>',
      'dev-fn-throttles: AWS/Lambda Throttles <aws_lambda_function.Fn.function_name>',
      'dev-machine-failed: AWS/States ExecutionsFailed <aws_sfn_state_machine.Machine.arn>',
      'dev-machine-timed-out: AWS/States ExecutionsTimedOut <aws_sfn_state_machine.Machine.arn>',
      'dev-orders-refused: Shop Refused dev',
    ]);
  });

  it('stays quiet while nothing runs', () => {
    for (const alarm of alarmsOf(build().stack)) {
      expect(alarm.treat_missing_data).toBe('notBreaching');
    }
  });

  it('watches metrics that are not of AWS', () => {
    const { stack } = build();

    expect(alarmsOf(stack).find((it) => it.alarm_name === 'dev-orders-refused')).toMatchObject({
      alarm_description: 'The shop refused orders.',
      namespace: 'Shop',
      metric_name: 'Refused',
      dimensions: { Shop: 'dev' },
      statistic: 'Maximum',
      threshold: 5,
    });
  });

  it('tells nobody unless it is told whom', () => {
    const { stack } = build();

    for (const alarm of alarmsOf(stack)) {
      expect(alarm.alarm_actions).toEqual([]);
    }
    expect(resourcesOf(stack, 'aws_sns_topic')).toEqual({});
  });

  it('mails alarms and recoveries by a topic of its own', () => {
    const { stack } = build({ receiver: { email: 'ops@example.com' } });

    expect(onlyResource(stack, 'aws_sns_topic_subscription')).toMatchObject({
      protocol: 'email',
      endpoint: 'ops@example.com',
    });
    for (const { alarm_actions, ok_actions } of alarmsOf(stack)) {
      expect(readable(String(alarm_actions))).toBe('<aws_sns_topic.Monitoring_Topic.arn>');
      expect(ok_actions).toEqual(alarm_actions);
    }
  });

  it('uses a topic that exists', () => {
    const topicArn = 'arn:aws:sns:eu-central-1:123456789012:alarms';
    const { stack } = build({ receiver: { topicArn } });

    for (const alarm of alarmsOf(stack)) {
      expect(alarm.alarm_actions).toEqual([topicArn]);
    }
    expect(resourcesOf(stack, 'aws_sns_topic')).toEqual({});
  });

  it('shows everything that it watches on one dashboard', () => {
    const { dashboard_body: body, dashboard_name: name } = onlyResource(build().stack, 'aws_cloudwatch_dashboard');
    const { widgets } = JSON.parse(readable(String(body))) as {
      widgets: { x: number; y: number; properties: { title: string; region: string; metrics: unknown[][] } }[];
    };

    expect(name).toBe('dev-stack');
    expect(widgets.map(({ x, y, properties }) => [x, y, properties.title, properties.region])).toEqual([
      [0, 0, 'dev-machine', 'eu-central-1'],
      [8, 0, 'dev-fn', 'eu-central-1'],
      [16, 0, 'dev-api', 'eu-central-1'],
      [0, 6, 'dev-orders', 'eu-central-1'],
    ]);
    expect(widgets[1]?.properties.metrics).toEqual([
      ['AWS/Lambda', 'Invocations', 'FunctionName', '<aws_lambda_function.Fn.function_name>'],
      ['AWS/Lambda', 'Errors', 'FunctionName', '<aws_lambda_function.Fn.function_name>'],
      ['AWS/Lambda', 'Throttles', 'FunctionName', '<aws_lambda_function.Fn.function_name>'],
    ]);
    expect(widgets[3]?.properties.metrics).toEqual([
      ['Shop', 'Open', 'Shop', 'dev'],
      ['Shop', 'Refused', 'Shop', 'dev', { stat: 'Maximum' }],
    ]);
  });

  it('keeps its ids, which are addresses in the state', () => {
    expect(
      Testing.renderConstructTree(build({ receiver: { email: 'ops@example.com' } }).monitoring),
    ).toMatchInlineSnapshot(`
      "Monitoring (Monitoring)
      ├── Topic (SnsTopic)
      ├── Mail (SnsTopicSubscription)
      ├── Dashboard (CloudwatchDashboard)
      ├── MachineExecutionsFailed (CloudwatchMetricAlarm)
      ├── MachineExecutionsTimedOut (CloudwatchMetricAlarm)
      ├── FnErrors (CloudwatchMetricAlarm)
      ├── FnThrottles (CloudwatchMetricAlarm)
      ├── Api5xx (CloudwatchMetricAlarm)
      └── OrdersRefused (CloudwatchMetricAlarm)
      "
    `);
  });
});
