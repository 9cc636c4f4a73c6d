import { ExecutionStateError } from '@workflows/states-language';
import { checkExecutionArn, parseStateMachineArn } from '../arns';
import { operation, type ServiceContext, seconds } from '../context';
import {
  executionDoesNotExist,
  executionNotRedrivable,
  stateMachineTypeNotSupported,
  validationException,
} from '../errors';
import type { ExecutionRecord } from '../execution-record';
import * as members from '../members';
import { newestFirstPageOf } from '../paging';
import { redrivability } from '../redrive';
import { optional, string, structure } from '../shapes';
import { listItem, payloads, summary } from './execution-views';
import { settings, shownRevisionId } from './settings';

/** @throws {AwsError} `InvalidArn`, `ExecutionDoesNotExist` */
export function getExecution(context: ServiceContext, arn: string): ExecutionRecord {
  const record = context.executions.find(arn);
  if (record === undefined) {
    checkExecutionArn(arn);
    throw executionDoesNotExist(arn);
  }
  return record;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export const StopExecution = operation({
  request: structure({
    executionArn: members.arn,
    error: optional(members.errorName),
    cause: optional(members.errorCause),
  }),
  resource: ({ executionArn }) => executionArn,
  run(context, request) {
    const { execution } = getExecution(context, request.executionArn);
    execution.stop(request.error, request.cause);
    return { stopDate: seconds(execution.stopDateMs ?? context.clock.now()) };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export const DescribeExecution = operation({
  request: structure({ executionArn: members.arn, includedData: optional(members.includedData) }),
  resource: ({ executionArn }) => executionArn,
  run(context, request) {
    const record = getExecution(context, request.executionArn);
    const { error, cause } = record.execution;
    return {
      ...summary(record),
      ...payloads(record, request.includedData),
      traceHeader: record.traceHeader,
      error,
      cause,
      ...redrivability(record, context.clock.now()),
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html */
export const DescribeStateMachineForExecution = operation({
  request: structure({ executionArn: members.arn, includedData: optional(members.includedData) }),
  resource: ({ executionArn }) => executionArn,
  run(context, request) {
    const { target } = getExecution(context, request.executionArn);
    return {
      stateMachineArn: target.machine.arn,
      name: target.machine.name,
      ...settings(target.revision, request.includedData),
      mapRunArn: target.mapRun?.arn,
      label: target.mapRun?.label,
      updateDate: seconds(target.revision.updatedMs),
      revisionId: shownRevisionId(target.revision),
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const ListExecutions = operation({
  request: structure({
    stateMachineArn: optional(members.arn),
    statusFilter: optional(
      string({ oneOf: ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] }),
    ),
    maxResults: optional(members.maxResults),
    nextToken: optional(members.executionPageToken),
    mapRunArn: optional(members.longArn),
    redriveFilter: optional(string({ oneOf: ['REDRIVEN', 'NOT_REDRIVEN'] })),
  }),
  run(context, request, caller) {
    const { mapRunArn, redriveFilter, stateMachineArn, statusFilter } = request;
    const arn = stateMachineArn ?? mapRunArn;
    if (arn === undefined || (stateMachineArn !== undefined && mapRunArn !== undefined)) {
      // In AWS's words, as in https://github.com/cloudquery/cloudquery/pull/7911
      throw validationException('Must provide a StateMachine ARN or MapRun ARN');
    }
    context.authorizer.authorize(caller, 'states:ListExecutions', arn);
    const { owner, type } = listed(context, stateMachineArn, arn);
    if (type === 'EXPRESS') {
      throw stateMachineTypeNotSupported();
    }
    const qualifier = stateMachineArn === undefined ? undefined : parseStateMachineArn(stateMachineArn).qualifier;
    const matches = ({ execution, target }: ExecutionRecord): boolean =>
      (statusFilter === undefined || execution.status === statusFilter) &&
      (redriveFilter === undefined || execution.redriveCount > 0 === (redriveFilter === 'REDRIVEN')) &&
      (qualifier === undefined || target.versionArn === stateMachineArn || target.aliasArn === stateMachineArn);
    const page = newestFirstPageOf(context.executions.of(owner), matches, request, [
      arn,
      statusFilter ?? null,
      redriveFilter ?? null,
    ]);
    return { executions: page.items.map(listItem), nextToken: page.nextToken };
  },
});

function listed(context: ServiceContext, stateMachineArn: string | undefined, arn: string) {
  if (stateMachineArn !== undefined) {
    const machine = context.machines.get(stateMachineArn);
    return { owner: machine, type: machine.type };
  }
  const { mapRun } = context.mapRuns.get(arn).target;
  return { owner: mapRun, type: mapRun.program.type };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
export const RedriveExecution = operation({
  request: structure({ executionArn: members.arn, clientToken: optional(members.clientToken) }),
  resource: ({ executionArn }) => executionArn,
  run(context, request) {
    const record = getExecution(context, request.executionArn);
    const { execution } = record;
    const { clientToken } = request;
    if (clientToken !== undefined && record.redriveTokens?.has(clientToken) === true) {
      return { redriveDate: seconds(execution.redriveDateMs ?? record.startedMs) };
    }
    const { redriveStatus, redriveStatusReason } = redrivability(record, context.clock.now());
    if (redriveStatus === 'NOT_REDRIVABLE') {
      throw executionNotRedrivable(redriveStatusReason ?? 'The execution cannot be redriven');
    }
    try {
      context.executions.redrive(record);
    } catch (error) {
      throw error instanceof ExecutionStateError ? executionNotRedrivable(error.message) : error;
    }
    if (clientToken !== undefined) {
      record.redriveTokens ??= new Set();
      record.redriveTokens.add(clientToken);
    }
    return { redriveDate: seconds(execution.redriveDateMs ?? context.clock.now()) };
  },
});
