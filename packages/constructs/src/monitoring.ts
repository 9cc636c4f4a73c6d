import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { HttpApi } from './http-api';
import { type Metric, type MetricGroup, metricsOfApi, metricsOfFunction, metricsOfStateMachine } from './metrics';
import type { NodeFunction } from './node-function';
import type { StateMachine } from './state-machine';

/** Receiver of the alarms: either an email address, for which a topic is created, or an existing topic. */
export type AlarmReceiver =
  | { readonly email?: string; readonly topicArn?: never }
  | { readonly topicArn?: string; readonly email?: never };

export interface MonitoringProps {
  /** Name of the dashboard, and of the topic if one is created. */
  readonly name: string;
  /** The region that the dashboard shows. */
  readonly region: string;
  /** @default - no notifications; alarms only change their state, which the dashboard shows */
  readonly receiver?: AlarmReceiver;
}

/** Period of the metrics, in seconds. */
const PERIOD_SECONDS = 300;

/**
 * Alarms and one dashboard for the resources that it watches.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 * @example
 * const monitoring = new Monitoring(this, 'Monitoring', { name: 'dev-workflows', region: 'us-east-1', receiver: { email: 'ops@example.com' } });
 * monitoring.watchStateMachine(workflow);
 * monitoring.watchFunction(callExternal);
 * monitoring.watchApi(api);
 */
export class Monitoring extends Construct {
  readonly #props: MonitoringProps;
  readonly #actions: string[];
  readonly #groups: MetricGroup[] = [];

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.#props = props;
    this.#actions = this.#receiver();
    new CloudwatchDashboard(this, 'Dashboard', {
      dashboardName: props.name,
      // The watched resources are added after the dashboard is created.
      dashboardBody: Lazy.stringValue({ produce: () => this.#dashboard() }),
    });
  }

  /** Alarms when an execution fails or times out. */
  watchStateMachine(stateMachine: StateMachine): void {
    this.watch(stateMachine.node.id, stateMachine.stateMachineName, metricsOfStateMachine(stateMachine));
  }

  /** Alarms when the function fails or is throttled. */
  watchFunction(fn: NodeFunction): void {
    this.watch(fn.node.id, fn.functionName, metricsOfFunction(fn));
  }

  /** Alarms when the API answers with a 5xx. */
  watchApi(api: HttpApi): void {
    this.watch(api.node.id, api.apiName, metricsOfApi(api));
  }

  /**
   * Adds custom metrics to the dashboard, and an alarm for each metric that defines one.
   *
   * @param id first part of the alarms' ids
   * @param title title of the graph, and first part of the alarms' names
   */
  watch(id: string, title: string, metrics: readonly Metric[]): void {
    this.#groups.push({ title, metrics });
    for (const { alarm, ...metric } of metrics) {
      if (alarm === undefined) {
        continue;
      }
      new CloudwatchMetricAlarm(this, `${id}${metric.metricName}`, {
        alarmName: `${title}-${alarm.suffix}`,
        alarmDescription: alarm.description,
        namespace: metric.namespace,
        metricName: metric.metricName,
        dimensions: { ...metric.dimensions },
        statistic: metric.statistic ?? 'Sum',
        period: PERIOD_SECONDS,
        evaluationPeriods: 1,
        threshold: alarm.threshold,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: alarm.missingData ?? 'notBreaching',
        alarmActions: this.#actions,
        okActions: this.#actions,
      });
    }
  }

  #receiver(): string[] {
    const { name, receiver = {} } = this.#props;
    if (receiver.topicArn !== undefined) {
      return [receiver.topicArn];
    }
    if (receiver.email === undefined) {
      return [];
    }
    const topic = new SnsTopic(this, 'Topic', { name });
    new SnsTopicSubscription(this, 'Mail', { topicArn: topic.arn, protocol: 'email', endpoint: receiver.email });
    return [topic.arn];
  }

  /** Three graphs in a row. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
  #dashboard(): string {
    const [width, height, perRow] = [8, 6, 3];
    const widgets = this.#groups.map(({ title, metrics }, index) => ({
      type: 'metric',
      x: (index % perRow) * width,
      y: Math.floor(index / perRow) * height,
      width,
      height,
      properties: {
        title,
        region: this.#props.region,
        view: 'timeSeries',
        stat: 'Sum',
        period: PERIOD_SECONDS,
        metrics: metrics.map(({ namespace, metricName, dimensions, statistic }) => [
          namespace,
          metricName,
          ...Object.entries(dimensions).flat(),
          ...(statistic === undefined ? [] : [{ stat: statistic }]),
        ]),
      },
    }));
    return JSON.stringify({ widgets });
  }
}
