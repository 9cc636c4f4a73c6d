import type { JsonValue, TaskRequest } from '@workflows/states-language';
import { AwsError } from '../../contracts';
import { callOperation } from '../api/call';
import type { ResponseOf } from '../api/operations';
import { executionDoesNotExist, stateMachineTypeNotSupported } from '../errors';
import { withoutTestCase } from '../mocks';
import { readArguments, stringArgument } from '../tasks/arguments';
import type { Integration, PendingWork, TaskEnvironment } from '../tasks/integration';
import { jsonServiceMetadata } from '../tasks/sdk-metadata';
import { STATES_ERRORS, serviceFailure, TaskFailure } from '../tasks/task-failure';

/**
 * `arn:aws:states:::states:startExecution` and its `.sync`, `.sync:2` and `.waitForTaskToken`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export const startNestedExecution: Integration = {
  service: 'states',
  actions: ['startExecution'],
  patterns: ['REQUEST_RESPONSE', 'SYNC', 'SYNC_2', 'WAIT_FOR_TASK_TOKEN'],
  managedRule: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',

  async request(task, { context, principal }) {
    const given = readArguments(task, ['StateMachineArn', 'Input', 'Name', 'TraceHeader']);
    const stateMachineArn = stringArgument(task, given, 'StateMachineArn');
    const request = {
      stateMachineArn,
      input: inputText(given.Input),
      ...(given.Name === undefined ? {} : { name: given.Name }),
      ...(given.TraceHeader === undefined ? {} : { traceHeader: given.TraceHeader }),
    };
    try {
      if (isSync(task) && context.machines.get(withoutTestCase(stateMachineArn)).type === 'EXPRESS') {
        throw stateMachineTypeNotSupported();
      }
      const started = await callOperation(context, 'StartExecution', request, principal);
      return {
        ExecutionArn: started.executionArn,
        ...jsonServiceMetadata(JSON.stringify(started), context.clock.now()),
        StartDate: epochMs(started.startDate),
      };
    } catch (error) {
      throw error instanceof AwsError ? serviceFailure(error, STATES_ERRORS) : error;
    }
  },

  pending(task, environment, accepted): PendingWork {
    const { context, principal } = environment;
    const arn = executionArnOf(accepted);
    const child = context.executions.find(arn);
    return {
      ended: child === undefined ? Promise.reject(executionDoesNotExist(arn)) : childOutput(task, environment, arn),
      stop() {
        try {
          context.authorizer.authorize(principal, 'states:StopExecution', arn);
          child?.execution.stop();
        } catch {
          // AWS stops the nested execution as well as it may, and tells nobody when the role does not allow it.
        }
      },
    };
  },
};

async function childOutput(task: TaskRequest, environment: TaskEnvironment, arn: string): Promise<JsonValue> {
  const { context, principal } = environment;
  await context.executions.find(arn)?.ended();
  let described: ResponseOf<'DescribeExecution'>;
  try {
    described = await callOperation(context, 'DescribeExecution', { executionArn: arn }, principal);
  } catch (error) {
    throw error instanceof AwsError ? serviceFailure(error, STATES_ERRORS) : error;
  }
  const output = describedOutput(described, task.resource.pattern === 'SYNC_2');
  if (described.status !== 'SUCCEEDED') {
    throw new TaskFailure('States.TaskFailed', JSON.stringify(output), true);
  }
  return output;
}

/** The description of the ended execution. `.sync` leaves its payloads as JSON text, `.sync:2` parses them. */
function describedOutput(described: ResponseOf<'DescribeExecution'>, parsePayloads: boolean): JsonValue {
  const payload = (text: string | undefined): JsonValue =>
    text === undefined ? null : parsePayloads ? JSON.parse(text) : text;
  const { cause, error, output, stopDate } = described;
  return {
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(error === undefined ? {} : { Error: error }),
    ExecutionArn: described.executionArn,
    Input: payload(described.input),
    InputDetails: { Included: true },
    Name: described.name,
    ...(output === undefined ? {} : { Output: payload(output), OutputDetails: { Included: true } }),
    StartDate: epochMs(described.startDate),
    StateMachineArn: described.stateMachineArn,
    Status: described.status,
    ...(stopDate === undefined ? {} : { StopDate: epochMs(stopDate) }),
  };
}

function isSync(task: TaskRequest): boolean {
  return task.resource.pattern === 'SYNC' || task.resource.pattern === 'SYNC_2';
}

/** Absent and `null` stand for an empty object, text for itself, anything else for its JSON. */
function inputText(input: JsonValue | undefined): string {
  if (input === undefined || input === null) {
    return '{}';
  }
  return typeof input === 'string' ? input : JSON.stringify(input);
}

function executionArnOf(accepted: JsonValue): string {
  const arn =
    typeof accepted === 'object' && accepted !== null && !Array.isArray(accepted) ? accepted.ExecutionArn : undefined;
  return typeof arn === 'string' ? arn : '';
}

/** This integration shows instants in epoch milliseconds, where the API has seconds. */
const epochMs = (seconds: number): number => Math.round(seconds * 1000);
