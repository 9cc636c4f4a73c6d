import type { HttpApi, Metric, RouteKey, Table } from '@workflows/constructs';
import { METRICS, METRICS_NAMESPACE } from '@workflows/contract';

/** Rejected requests of a route that external services call. Requires detailed metrics of the stage. */
export function rejectedCallbacks(api: HttpApi, routeKey: RouteKey): Metric {
  const [Method = '', Resource = ''] = routeKey.split(' ');
  return {
    namespace: 'AWS/ApiGateway',
    metricName: '4xx',
    dimensions: { ApiId: api.resource.id, Stage: api.stageName, Method, Resource },
    alarm: {
      suffix: 'rejected',
      threshold: 5,
      description: `${routeKey} refused requests: wrong resume tokens, late or conflicting callbacks.`,
    },
  };
}

/** The age of the oldest task that waits for its callback, in seconds, as `measure-waiting` publishes it. */
export const oldestWaitingTask = (table: Table, thresholdSeconds: number): Metric => ({
  namespace: METRICS_NAMESPACE,
  metricName: METRICS.oldestWaitingTaskAge.name,
  dimensions: { [METRICS.oldestWaitingTaskAge.dimension]: table.name },
  statistic: 'Maximum',
  alarm: {
    suffix: 'oldest',
    threshold: thresholdSeconds,
    description: `A task has waited for its callback for ${thresholdSeconds} seconds or more; its record says since when.`,
    // One value every five minutes may fall on either side of a period boundary, so a period without a value is ignored.
    missingData: 'ignore',
  },
});
