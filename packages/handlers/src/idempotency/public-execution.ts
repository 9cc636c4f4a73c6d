import type { Execution } from '../workflows/executions';

/** What the API shows of an execution, beside its name. */
export interface PublicExecution {
  readonly executionArn: string;
  readonly startDate: string;
  readonly status: string;
  readonly stopDate?: string;
}

export const executionFields = ({ executionArn, startDate, status, stopDate }: Execution): PublicExecution => ({
  executionArn,
  startDate: startDate.toISOString(),
  status,
  ...(stopDate === undefined ? {} : { stopDate: stopDate.toISOString() }),
});

/** The output as JSON, once there is one. */
export const outputField = (execution: Execution | undefined): { readonly output?: unknown } =>
  execution?.output === undefined ? {} : { output: JSON.parse(execution.output) };
