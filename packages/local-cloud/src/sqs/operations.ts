import type { JsonValue } from '@workflows/states-language';
import { AwsError } from '../contracts';
import { SqsError } from './errors';
import { type Message, md5, md5OfAttributes, sizeOf } from './message';
import type { Queue } from './queue';
import { MAX_MESSAGE_BYTES } from './queue-settings';
import type { RequestOf } from './requests';

type JsonObject = Record<string, JsonValue>;

const MAX_ENTRIES = 10;

/** What a request to send says besides the queue. */
type Outgoing = Omit<RequestOf<'SendMessage'>, 'QueueUrl'>;

/** What senders and receivers do with one queue. */
export const MESSAGE_OPERATIONS = {
  SendMessage: (queue: Queue, request: RequestOf<'SendMessage'>, senderId: string): JsonObject =>
    send(queue, request, senderId),

  SendMessageBatch: (queue: Queue, { Entries }: RequestOf<'SendMessageBatch'>, senderId: string): JsonObject => {
    const bytes = Entries.reduce((sum, entry) => sum + sizeOf(entry.MessageBody, entry.MessageAttributes), 0);
    if (bytes > MAX_MESSAGE_BYTES) {
      throw new SqsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${bytes} bytes.`,
        'AWS.SimpleQueueService.BatchRequestTooLong',
      );
    }
    return batch(Entries, (entry) => send(queue, entry, senderId));
  },

  ReceiveMessage: async (queue: Queue, request: RequestOf<'ReceiveMessage'>): Promise<JsonObject> => {
    const { AttributeNames, MaxNumberOfMessages, MessageSystemAttributeNames, VisibilityTimeout, WaitTimeSeconds } =
      request;
    const messages = await queue.poll(
      MaxNumberOfMessages,
      VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000,
      WaitTimeSeconds === undefined ? undefined : WaitTimeSeconds * 1000,
    );
    const names = [...AttributeNames, ...MessageSystemAttributeNames];
    return messages.length === 0
      ? {}
      : { Messages: messages.map((message) => received(message, names, request.MessageAttributeNames)) };
  },

  DeleteMessage: (queue: Queue, { ReceiptHandle }: RequestOf<'DeleteMessage'>): JsonObject => {
    queue.delete(ReceiptHandle);
    return {};
  },

  DeleteMessageBatch: (queue: Queue, { Entries }: RequestOf<'DeleteMessageBatch'>): JsonObject =>
    batch(Entries, ({ ReceiptHandle }) => {
      queue.delete(ReceiptHandle);
      return {};
    }),

  ChangeMessageVisibility: (queue: Queue, request: RequestOf<'ChangeMessageVisibility'>): JsonObject => {
    queue.changeVisibility(request.ReceiptHandle, request.VisibilityTimeout);
    return {};
  },

  ChangeMessageVisibilityBatch: (queue: Queue, { Entries }: RequestOf<'ChangeMessageVisibilityBatch'>): JsonObject =>
    batch(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
      queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
      return {};
    }),
} as const;

function send(queue: Queue, request: Outgoing, senderId: string): JsonObject {
  const { DelaySeconds, MessageAttributes, MessageBody, MessageDeduplicationId, MessageGroupId } = request;
  const message = queue.send({
    body: MessageBody,
    attributes: MessageAttributes,
    delaySeconds: DelaySeconds,
    deduplicationId: MessageDeduplicationId,
    groupId: MessageGroupId,
    senderId,
  });
  const attributesMd5 = md5OfAttributes(message.attributes);
  return {
    MD5OfMessageBody: md5(message.body),
    ...(attributesMd5 === undefined ? {} : { MD5OfMessageAttributes: attributesMd5 }),
    MessageId: message.id,
    ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
  };
}

function received(message: Message, systemNames: readonly string[], names: readonly string[]): JsonObject {
  const chosen = Object.entries(message.attributes).filter(([name]) =>
    names.some(
      (wanted) =>
        wanted === 'All' ||
        wanted === '.*' ||
        wanted === name ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -1))),
    ),
  );
  const attributes = Object.fromEntries(
    chosen.map(([name, value]) => [name, JSON.parse(JSON.stringify(value)) as Record<string, string>]),
  );
  const attributesMd5 = md5OfAttributes(Object.fromEntries(chosen));
  const system = Object.entries(systemAttributes(message)).filter(
    ([name]) => systemNames.includes('All') || systemNames.includes(name),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle ?? '',
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(attributesMd5 === undefined ? {} : { MD5OfMessageAttributes: attributesMd5, MessageAttributes: attributes }),
  };
}

/** What SQS itself says of a message. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Message.html */
export function systemAttributes(message: Message): Record<string, string> {
  const { deadLetterSourceArn, deduplicationId, firstReceivedMs, groupId, sequenceNumber } = message;
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(Math.floor(message.sentMs)),
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
    ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
    SenderId: message.senderId,
    ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
    ApproximateFirstReceiveTimestamp: String(Math.floor(firstReceivedMs ?? message.sentMs)),
    ...(deadLetterSourceArn === undefined ? {} : { DeadLetterQueueSourceArn: deadLetterSourceArn }),
  };
}

/** Carries each entry out by itself: one that fails does not keep the others from succeeding. */
function batch<T extends { readonly Id: string }>(entries: readonly T[], run: (entry: T) => JsonObject): JsonObject {
  const query = (code: string): string => `AWS.SimpleQueueService.${code}`;
  if (entries.length === 0) {
    throw new SqsError(
      'EmptyBatchRequest',
      'There should be at least one entry in the request.',
      query('EmptyBatchRequest'),
    );
  }
  if (entries.length > MAX_ENTRIES) {
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
      query('TooManyEntriesInBatchRequest'),
    );
  }
  const repeated = entries.find(({ Id }, index) => entries.findIndex((it) => it.Id === Id) !== index);
  if (repeated !== undefined) {
    throw new SqsError('BatchEntryIdsNotDistinct', `Id ${repeated.Id} repeated.`, query('BatchEntryIdsNotDistinct'));
  }
  const successful: JsonObject[] = [];
  const failed: JsonObject[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful: successful, ...(failed.length === 0 ? {} : { Failed: failed }) };
}
