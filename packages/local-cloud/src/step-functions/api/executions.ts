import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ExecutionStateError } from '@workflows/states-language';
import { checkExecutionArn, executionArn, expressExecutionArn, parseStateMachineArn } from '../arns';
import { operation, type ServiceContext, seconds } from '../context';
import {
  executionAlreadyExists,
  executionDoesNotExist,
  executionNotRedrivable,
  notImplemented,
  stateMachineTypeNotSupported,
  validationException,
} from '../errors';
import type { ExecutionRecord } from '../execution-record';
import * as members from '../members';
import { checkName } from '../names';
import { newestFirstPageOf } from '../paging';
import { redrivability } from '../redrive';
import { optional, string, structure } from '../shapes';
import { settings } from './settings';

/** @throws {AwsError} `InvalidArn`, `ExecutionDoesNotExist` */
export function getExecution(context: ServiceContext, arn: string): ExecutionRecord {
  const record = context.executions.find(arn);
  if (record === undefined) {
    checkExecutionArn(arn);
    throw executionDoesNotExist(arn);
  }
  return record;
}

/**
 * Starts an execution. For STANDARD state machines a repeated start is answered by this table:
 *
 * | the execution of this name | input | answer |
 * | --- | --- | --- |
 * | does not exist | any | started |
 * | runs | equal JSON | its ARN and its start date, as the first time |
 * | runs | other | `ExecutionAlreadyExists` |
 * | has ended | any | `ExecutionAlreadyExists` |
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export const StartExecution = operation({
  request: structure({
    stateMachineArn: members.arn,
    name: optional(members.name),
    input: optional(members.payload),
    traceHeader: optional(members.traceHeader),
  }),
  run(context, request, caller) {
    context.authorizer.authorize(caller, 'states:StartExecution', request.stateMachineArn);
    const target = context.machines.target(request.stateMachineArn, context.random);
    const { input = '{}', traceHeader, name = randomUUID() } = request;
    checkName(name);
    const { machine } = target;
    const arn =
      machine.type === 'EXPRESS'
        ? expressExecutionArn(context.at, machine.name, name, randomUUID())
        : executionArn(context.at, machine.name, name);
    const earlier = context.executions.find(arn);
    if (earlier !== undefined) {
      if (earlier.execution.status === 'RUNNING' && isEqualJson(earlier.input, input)) {
        return { executionArn: arn, startDate: seconds(earlier.startedMs) };
      }
      throw executionAlreadyExists(arn);
    }
    const startedMs = context.clock.now();
    context.executions.start({ arn, name, target, input, startedMs, traceHeader });
    return { executionArn: arn, startDate: seconds(startedMs) };
  },
});

function isEqualJson(one: string, other: string): boolean {
  if (one === other) {
    return true;
  }
  try {
    return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
  } catch {
    return false;
  }
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html */
export const StartSyncExecution = operation({
  request: structure({
    stateMachineArn: members.arn,
    name: optional(members.name),
    input: optional(members.payload),
    traceHeader: optional(members.traceHeader),
    includedData: optional(members.includedData),
  }),
  async run(context, request, caller) {
    context.authorizer.authorize(caller, 'states:StartSyncExecution', request.stateMachineArn);
    const target = context.machines.target(request.stateMachineArn, context.random);
    const { machine } = target;
    if (machine.type !== 'EXPRESS') {
      throw stateMachineTypeNotSupported();
    }
    const { input = '{}', traceHeader, name = randomUUID() } = request;
    checkName(name);
    const arn = expressExecutionArn(context.at, machine.name, name, randomUUID());
    const startedMs = context.clock.now();
    const record = context.executions.start({ arn, name, target, input, startedMs, traceHeader });
    await context.clock.whileWaiting(record.execution.ended());
    const stoppedMs = record.execution.stopDateMs ?? context.clock.now();
    const { status, error, cause } = record.execution;
    return {
      executionArn: arn,
      stateMachineArn: request.stateMachineArn,
      name,
      startDate: seconds(startedMs),
      stopDate: seconds(stoppedMs),
      status,
      error,
      cause,
      ...payloads(record, request.includedData),
      traceHeader,
      billingDetails: {
        // AWS rounds up to 100 ms and to 64 MB.
        billedDurationInMilliseconds: Math.max(1, Math.ceil((stoppedMs - startedMs) / 100)) * 100,
        billedMemoryUsedInMB: 64,
      },
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export const StopExecution = operation({
  request: structure({
    executionArn: members.arn,
    error: optional(members.errorName),
    cause: optional(members.errorCause),
  }),
  run(context, request, caller) {
    context.authorizer.authorize(caller, 'states:StopExecution', request.executionArn);
    const { execution } = getExecution(context, request.executionArn);
    execution.stop(request.error, request.cause);
    return { stopDate: seconds(execution.stopDateMs ?? context.clock.now()) };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export const DescribeExecution = operation({
  request: structure({ executionArn: members.arn, includedData: optional(members.includedData) }),
  run(context, request, caller) {
    context.authorizer.authorize(caller, 'states:DescribeExecution', request.executionArn);
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
  run(context, request, caller) {
    context.authorizer.authorize(caller, 'states:DescribeStateMachineForExecution', request.executionArn);
    const { target } = getExecution(context, request.executionArn);
    return {
      stateMachineArn: target.machine.arn,
      name: target.machine.name,
      ...settings(target.revision, request.includedData),
      updateDate: seconds(target.revision.updatedMs),
      revisionId: target.revision.id === 'INITIAL' ? undefined : target.revision.id,
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const ListExecutions = operation({
  request: structure({
    stateMachineArn: optional(members.arn),
    statusFilter: optional(
      string({ oneOf: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] }),
    ),
    maxResults: optional(members.maxResults),
    nextToken: optional(members.executionPageToken),
    mapRunArn: optional(members.longArn),
    redriveFilter: optional(string({ oneOf: ['REDRIVEN', 'NOT_REDRIVEN'] })),
  }),
  run(context, request, caller) {
    if (request.mapRunArn !== undefined || request.stateMachineArn === undefined) {
      throw request.mapRunArn === undefined
        ? validationException('Must specify either stateMachineArn or mapRunArn')
        : notImplemented('ListExecutions of a Map Run', 'distributed Maps are not run; ask with stateMachineArn');
    }
    const { stateMachineArn, statusFilter, redriveFilter } = request;
    context.authorizer.authorize(caller, 'states:ListExecutions', stateMachineArn);
    const machine = context.machines.get(stateMachineArn);
    if (machine.type === 'EXPRESS') {
      throw stateMachineTypeNotSupported();
    }
    const { qualifier } = parseStateMachineArn(stateMachineArn);
    const matches = ({ execution, target }: ExecutionRecord): boolean =>
      (statusFilter === undefined || execution.status === statusFilter) &&
      (redriveFilter === undefined || execution.redriveCount > 0 === (redriveFilter === 'REDRIVEN')) &&
      (qualifier === undefined || target.versionArn === stateMachineArn || target.aliasArn === stateMachineArn);
    const page = newestFirstPageOf(context.executions.ofMachine(machine), matches, request, [
      stateMachineArn,
      statusFilter ?? null,
      redriveFilter ?? null,
    ]);
    return { executions: page.items.map(summary), nextToken: page.nextToken };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
export const RedriveExecution = operation({
  request: structure({ executionArn: members.arn, clientToken: optional(members.clientToken) }),
  run(context, request, caller) {
    context.authorizer.authorize(caller, 'states:RedriveExecution', request.executionArn);
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

/** What both a list of executions and the description of one show. Members without a value are left out of the JSON. */
export function summary(record: ExecutionRecord) {
  const { execution, target } = record;
  return {
    executionArn: record.arn,
    stateMachineArn: target.machine.arn,
    name: record.name,
    status: execution.status,
    startDate: seconds(record.startedMs),
    stopDate: execution.stopDateMs === undefined ? undefined : seconds(execution.stopDateMs),
    stateMachineVersionArn: target.versionArn,
    stateMachineAliasArn: target.aliasArn,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redriveDateMs === undefined ? undefined : seconds(execution.redriveDateMs),
  };
}

function payloads(record: ExecutionRecord, includedData: 'ALL_DATA' | 'METADATA_ONLY' | undefined) {
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
