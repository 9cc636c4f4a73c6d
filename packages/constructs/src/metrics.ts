import type { HttpApi } from './http-api';
import type { NodeFunction } from './node-function';
import type { StateMachine } from './state-machine';

/** A CloudWatch metric, with an optional alarm on its value over five minutes. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Statistic over five minutes. @default 'Sum' */
  readonly statistic?: 'Maximum' | 'Sum';
  /** @default - shown on the dashboard, without an alarm */
  readonly alarm?: {
    readonly suffix: string;
    readonly threshold: number;
    readonly description: string;
    /** Treatment of missing data: nothing happened (`notBreaching`) or nothing changed (`ignore`). @default 'notBreaching' */
    readonly missingData?: 'ignore' | 'notBreaching';
  };
}

/** Metrics that are shown in one graph. */
export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly Metric[];
}

/** Makes metrics of one namespace and one resource, with or without an alarm. */
const metricsIn =
  (namespace: string, dimensions: Metric['dimensions']) =>
  (metricName: string, alarm?: Metric['alarm']): Metric => ({
    namespace,
    metricName,
    dimensions,
    ...(alarm === undefined ? {} : { alarm }),
  });

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
export function metricsOfStateMachine({ arn }: StateMachine): readonly Metric[] {
  const metric = metricsIn('AWS/States', { StateMachineArn: arn });
  return [
    metric('ExecutionsStarted'),
    metric('ExecutionsSucceeded'),
    metric('ExecutionsAborted'),
    metric('ExecutionsFailed', {
      suffix: 'failed',
      threshold: 1,
      description: 'Executions ended FAILED; their history says in which state.',
    }),
    metric('ExecutionsTimedOut', {
      suffix: 'timed-out',
      threshold: 1,
      description: 'Executions ran for longer than they may.',
    }),
  ];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function metricsOfFunction(fn: NodeFunction): readonly Metric[] {
  const metric = metricsIn('AWS/Lambda', { FunctionName: fn.resource.functionName });
  return [
    metric('Invocations'),
    metric('Errors', {
      suffix: 'errors',
      threshold: 1,
      description: 'The function threw, timed out or ran out of memory; its log says why.',
    }),
    metric('Throttles', {
      suffix: 'throttles',
      threshold: 1,
      description: 'The function was not let run: concurrency is used up.',
    }),
  ];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export function metricsOfApi(api: HttpApi): readonly Metric[] {
  const metric = metricsIn('AWS/ApiGateway', { ApiId: api.resource.id, Stage: api.stageName });
  return [
    metric('Count'),
    metric('4xx'),
    metric('5xx', {
      suffix: '5xx',
      threshold: 1,
      description: 'The API answered with a 5xx; its access log says which route.',
    }),
  ];
}
