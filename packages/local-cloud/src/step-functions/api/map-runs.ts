import type { MapRunCounts } from '@workflows/states-language';
import { operation, seconds } from '../context';
import { validationException } from '../errors';
import type { MapRunRecord } from '../map-runs';
import * as members from '../members';
import { pageOf } from '../paging';
import { integer, number, optional, structure } from '../shapes';
import { getExecution } from './executions';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export const DescribeMapRun = operation({
  request: structure({ mapRunArn: members.longArn }),
  resource: ({ mapRunArn }) => mapRunArn,
  run(context, request) {
    const record = context.mapRuns.get(request.mapRunArn);
    const { run } = record;
    const { maxConcurrency, toleratedFailureCount = 0, toleratedFailurePercentage = 0 } = run.settings;
    return {
      mapRunArn: record.arn,
      executionArn: record.executionArn,
      status: run.status,
      startDate: seconds(record.startedMs),
      stopDate: stopDate(record),
      maxConcurrency,
      toleratedFailurePercentage,
      toleratedFailureCount,
      itemCounts: wireCounts(record, run.counts('items')),
      executionCounts: wireCounts(record, run.counts('executions')),
      redriveCount: record.redriveCount,
      redriveDate: record.redrivenMs === undefined ? undefined : seconds(record.redrivenMs),
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html */
export const ListMapRuns = operation({
  request: structure({ executionArn: members.arn, ...members.page }),
  resource: ({ executionArn }) => executionArn,
  run(context, request) {
    const { arn } = getExecution(context, request.executionArn);
    const page = pageOf(context.mapRuns.ofExecution(arn), request, ['mapRuns', arn]);
    return {
      mapRuns: page.items.map((record) => ({
        executionArn: record.executionArn,
        mapRunArn: record.arn,
        stateMachineArn: record.target.mapRun.stateMachineArn,
        startDate: seconds(record.startedMs),
        stopDate: stopDate(record),
      })),
      nextToken: page.nextToken,
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html */
export const UpdateMapRun = operation({
  request: structure({
    mapRunArn: members.longArn,
    maxConcurrency: optional(integer({ min: 0 })),
    toleratedFailurePercentage: optional(number({ min: 0, max: 100 })),
    toleratedFailureCount: optional(integer({ min: 0 })),
  }),
  resource: ({ mapRunArn }) => mapRunArn,
  run(context, request) {
    const { mapRunArn, ...settings } = request;
    const { run } = context.mapRuns.get(mapRunArn);
    if (Object.keys(settings).length === 0) {
      throw validationException(
        'At least one of maxConcurrency, toleratedFailurePercentage and toleratedFailureCount must be specified',
      );
    }
    if (run.status !== 'RUNNING') {
      throw validationException(`The Map Run is ${run.status}; only one that is RUNNING can be updated`);
    }
    run.update(settings);
    return {};
  },
});

function stopDate({ run, stoppedMs }: MapRunRecord): number | undefined {
  return run.status === 'RUNNING' || stoppedMs === undefined ? undefined : seconds(stoppedMs);
}

/** As AWS was seen to count: https://github.com/floci-io/floci/pull/2694 */
function wireCounts({ run }: MapRunRecord, counts: MapRunCounts) {
  const ended = counts.succeeded + counts.failed + counts.timedOut + counts.aborted;
  return {
    ...counts,
    resultsWritten: run.status === 'RUNNING' ? 0 : ended,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
}
