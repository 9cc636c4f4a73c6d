import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { isNamed } from '../aws/failures';
import type { Outcome } from './task-record';

/** `gone`: no state waits for this task token. The wait ended, was already answered, or never existed. */
export type Delivery = 'delivered' | 'gone';

/** The errors with which Step Functions reports that no state waits for a task token. None of them is transient. */
const GONE = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/**
 * Resumes the execution with the outcome.
 *
 * @throws whatever the SDK throws when Step Functions throttles, fails or cannot be reached
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export function deliverOutcome(client: SFNClient, taskToken: string, outcome: Outcome): Promise<Delivery> {
  return unlessGone(() =>
    outcome.status === 'SUCCEEDED'
      ? client.send(new SendTaskSuccessCommand({ taskToken, output: outcome.output }))
      : client.send(new SendTaskFailureCommand({ taskToken, error: outcome.error, cause: outcome.cause })),
  );
}

/** Sends a heartbeat to Step Functions. */
export function sendHeartbeat(client: SFNClient, taskToken: string): Promise<Delivery> {
  return unlessGone(() => client.send(new SendTaskHeartbeatCommand({ taskToken })));
}

async function unlessGone(send: () => Promise<unknown>): Promise<Delivery> {
  try {
    await send();
    return 'delivered';
  } catch (error) {
    if (isNamed(error, ...GONE)) {
      return 'gone';
    }
    throw error;
  }
}
