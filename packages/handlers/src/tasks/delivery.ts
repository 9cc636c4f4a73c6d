import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { isNamed } from '../aws/failures';
import type { Outcome } from './task-record';

/** `gone`: no wait is left under this task token. It ended, was answered already, or never was. */
export type Delivery = 'delivered' | 'gone';

/** The errors by which Step Functions says that there is nobody to deliver to. None of them passes. */
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

/** Tells Step Functions that the external service is still at work. */
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
