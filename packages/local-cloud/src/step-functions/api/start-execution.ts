import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Host } from '@workflows/states-language';
import { executionArn, expressExecutionArn } from '../arns';
import { operation, type ServiceContext, seconds } from '../context';
import { executionAlreadyExists, stateMachineTypeNotSupported } from '../errors';
import * as members from '../members';
import { mockedHost, testCaseOf, withoutTestCase } from '../mocks';
import type { ExecutionTarget } from '../model';
import { checkName } from '../names';
import { optional, structure } from '../shapes';
import { payloads } from './execution-views';

/** What both ways to start an execution are given. */
const START = {
  stateMachineArn: members.arn,
  name: optional(members.name),
  input: optional(members.payload),
  traceHeader: optional(members.traceHeader),
};

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
  request: structure(START),
  resource: ({ stateMachineArn }) => withoutTestCase(stateMachineArn),
  run(context, request) {
    const { target, host } = whatToRun(context, request.stateMachineArn);
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
    context.executions.start({ arn, name, target, host, input, startedMs, traceHeader });
    return { executionArn: arn, startDate: seconds(startedMs) };
  },
});

/** What an ARN stands for, with the host of the test case behind it. */
function whatToRun(
  context: ServiceContext,
  arn: string,
): { readonly target: ExecutionTarget; readonly host: Host | undefined } {
  const target = context.machines.target(withoutTestCase(arn), context.random);
  const testCase = testCaseOf(context.mocks, arn, target.machine.name);
  return { target, host: testCase && mockedHost(target.revision.host, testCase) };
}

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
    ...START,
    includedData: optional(members.includedData),
  }),
  resource: ({ stateMachineArn }) => withoutTestCase(stateMachineArn),
  async run(context, request) {
    const { target, host } = whatToRun(context, request.stateMachineArn);
    const { machine } = target;
    if (machine.type !== 'EXPRESS') {
      throw stateMachineTypeNotSupported();
    }
    const { input = '{}', traceHeader, name = randomUUID() } = request;
    checkName(name);
    const arn = expressExecutionArn(context.at, machine.name, name, randomUUID());
    const startedMs = context.clock.now();
    const record = context.executions.start({ arn, name, target, host, input, startedMs, traceHeader });
    await context.clock.whileWaiting(record.ended());
    const stoppedMs = record.execution.stopDateMs ?? context.clock.now();
    const { status, error, cause } = record.execution;
    return {
      executionArn: arn,
      stateMachineArn: withoutTestCase(request.stateMachineArn),
      name,
      startDate: seconds(startedMs),
      stopDate: seconds(stoppedMs),
      status,
      error,
      cause,
      ...payloads(record, request.includedData),
      // AWS has it also beside an error.
      outputDetails: { included: request.includedData !== 'METADATA_ONLY' },
      traceHeader,
      billingDetails: {
        // AWS rounds up to 100 ms and to 64 MB.
        billedDurationInMilliseconds: Math.max(1, Math.ceil((stoppedMs - startedMs) / 100)) * 100,
        billedMemoryUsedInMB: 64,
      },
    };
  },
});
