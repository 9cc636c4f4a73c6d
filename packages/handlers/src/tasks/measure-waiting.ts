import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { METRICS } from '@workflows/contract';
import type { Clock } from '../clock';
import { metricLine } from '../logging/metric-line';
import { oldestWaitingSince } from './waiting';

export interface MeasureWaitingDependencies {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
  /** Of the metric. */
  readonly namespace: string;
  /** Writes a line to the log of the function, unchanged. */
  readonly print: (line: string) => void;
}

/** Age of the oldest waiting task; 0 if no task waits. */
export interface WaitingMeasured {
  readonly ageSeconds: number;
}

/**
 * Publishes the age of the oldest waiting task as the metric `OldestWaitingTaskAge` of its table, in seconds. It publishes
 * 0 if no task waits, so that an alarm recovers by a value and not by missing data.
 */
export async function measureWaiting(dependencies: MeasureWaitingDependencies): Promise<WaitingMeasured> {
  const { clock, namespace, print, tableName } = dependencies;
  const since = await oldestWaitingSince(dependencies);
  const nowMs = clock.now();
  const ageSeconds = since === undefined ? 0 : Math.max(0, Math.floor((nowMs - Date.parse(since)) / 1000));
  const { dimension, name, unit } = METRICS.oldestWaitingTaskAge;
  print(
    metricLine({
      namespace,
      name,
      unit,
      value: ageSeconds,
      dimensions: { [dimension]: tableName },
      atMs: nowMs,
    }),
  );
  return { ageSeconds };
}
