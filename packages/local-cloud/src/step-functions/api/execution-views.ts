import { seconds } from '../context';
import type { ExecutionRecord } from '../execution-record';

/** What both a list of executions and the description of one show. Members without a value are left out of the JSON. */
export function summary(record: ExecutionRecord) {
  const { execution, target } = record;
  return {
    executionArn: record.arn,
    stateMachineArn: target.mapRun?.stateMachineArn ?? target.machine.arn,
    name: record.name,
    status: execution.status,
    startDate: seconds(record.startedMs),
    stopDate: execution.stopDateMs === undefined ? undefined : seconds(execution.stopDateMs),
    stateMachineVersionArn: target.versionArn,
    stateMachineAliasArn: target.aliasArn,
    mapRunArn: target.mapRun?.arn,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redriveDateMs === undefined ? undefined : seconds(execution.redriveDateMs),
  };
}

/** As `ListExecutions` shows an execution. */
export function listItem(record: ExecutionRecord) {
  return { ...summary(record), itemCount: record.itemCount };
}

/** Input and output as descriptions show them. */
export function payloads(record: ExecutionRecord, includedData: 'ALL_DATA' | 'METADATA_ONLY' | undefined) {
  const { output } = record.execution;
  if (includedData === 'METADATA_ONLY') {
    return { inputDetails: { included: false }, outputDetails: output === undefined ? undefined : { included: false } };
  }
  return {
    input: record.input,
    inputDetails: { included: true },
    output,
    outputDetails: output === undefined ? undefined : { included: true },
  };
}
