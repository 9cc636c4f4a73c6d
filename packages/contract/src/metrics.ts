/** The CloudWatch namespace of the metrics that the functions publish. */
export const METRICS_NAMESPACE = 'Workflows';

/** The metrics that the functions publish, in CloudWatch's embedded metric format. */
export const METRICS = {
  /** The age of the oldest task that waits for its callback; 0 when none waits. */
  oldestWaitingTaskAge: { name: 'OldestWaitingTaskAge', unit: 'Seconds', dimension: 'TableName' },
} as const;
