import type { AutoAdvancingClock } from '../../src/clock';
import type { Authorizer } from '../../src/contracts';
import { SqsService } from '../../src/sqs';

const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/inbox';
export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:inbox';

/** A service of queues, with one called `inbox`. */
export function createInbox(clock: AutoAdvancingClock, authorizer: Authorizer): SqsService {
  const sqs = new SqsService({ region: 'us-east-1', clock, authorizer, endpoint: () => undefined });
  sqs.create('inbox', {});
  return sqs;
}

/** The bodies of the messages that are in the inbox. */
export async function received(sqs: SqsService): Promise<string[]> {
  const request = { QueueUrl: QUEUE_URL, MaxNumberOfMessages: 10 };
  const { Messages = [] } = await sqs.call('ReceiveMessage', request, undefined);
  return (Messages as { Body: string }[]).map(({ Body }) => Body);
}
