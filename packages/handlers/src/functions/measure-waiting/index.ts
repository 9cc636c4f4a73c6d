import { unknown } from 'valibot';
import { createDynamoDbClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { createLog } from '../../logging/logger';
import { taskFunction } from '../../task-function';
import { measureWaiting } from '../../tasks/measure-waiting';

const environment = readEnvironment<'measure-waiting'>();
const dependencies = {
  client: createDynamoDbClient(),
  tableName: environment.TASKS_TABLE_NAME,
  namespace: environment.METRICS_NAMESPACE,
  clock,
  // Not by the console, which puts a time and the request's id before a line: CloudWatch would not find the metric.
  print: (line: string) => {
    process.stdout.write(`${line}\n`);
  },
};

export const handler = taskFunction(unknown(), createLog(), () => measureWaiting(dependencies));
