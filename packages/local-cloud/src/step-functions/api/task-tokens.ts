import { type CallbackResult, diagnoseJson, type Execution, InvalidPayloadError } from '@workflows/states-language';
import type { Principal } from '../../contracts';
import { operation, type ServiceContext } from '../context';
import { invalidOutput, invalidToken, taskDoesNotExist, taskTimedOut } from '../errors';
import * as members from '../members';
import { optional, structure } from '../shapes';

/**
 * Hands a callback to the execution that waits for it.
 *
 * | the token | answer |
 * | --- | --- |
 * | is of a task that waits | delivered |
 * | was given out here, but its task has ended, timed out or been aborted | `TaskTimedOut` |
 * | is well formed, but of no task of this service | `TaskDoesNotExist` |
 * | is anything else | `InvalidToken` |
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
 */
function deliver(
  context: ServiceContext,
  caller: Principal | undefined,
  action: string,
  taskToken: string,
  send: (execution: Execution) => CallbackResult,
): Record<string, never> {
  const record = context.executions.waitingFor(taskToken);
  if (record === undefined) {
    throw refusal(context, taskToken);
  }
  // The token of an activity's task belongs to the activity.
  const resource = context.activities.ofTask(taskToken) ?? record.target.machine;
  context.authorizer.authorize(caller, action, resource.arn);
  switch (send(record.execution)) {
    case 'delivered':
      return {};
    case 'closed':
      throw taskTimedOut();
    case 'unknown':
      throw taskDoesNotExist();
  }
}

function refusal(context: ServiceContext, taskToken: string): Error {
  switch (context.tokens.originOf(taskToken)) {
    case 'own':
      return taskTimedOut();
    case 'foreign':
      return taskDoesNotExist();
    case 'malformed':
      return invalidToken();
  }
}

export const SendTaskSuccess = operation({
  request: structure({ taskToken: members.taskToken, output: members.payload }),
  run: (context, { taskToken, output }, caller) =>
    deliver(context, caller, 'states:SendTaskSuccess', taskToken, (execution) => {
      try {
        return execution.succeedTask(taskToken, output);
      } catch (error) {
        throw error instanceof InvalidPayloadError ? invalidOutput(diagnoseJson(output)) : error;
      }
    }),
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
export const SendTaskFailure = operation({
  request: structure({
    taskToken: members.taskToken,
    error: optional(members.errorName),
    cause: optional(members.errorCause),
  }),
  run: (context, { taskToken, error, cause }, caller) =>
    deliver(context, caller, 'states:SendTaskFailure', taskToken, (execution) =>
      execution.failTask(taskToken, error, cause),
    ),
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html */
export const SendTaskHeartbeat = operation({
  request: structure({ taskToken: members.taskToken }),
  run: (context, { taskToken }, caller) =>
    deliver(context, caller, 'states:SendTaskHeartbeat', taskToken, (execution) => execution.heartbeatTask(taskToken)),
});
