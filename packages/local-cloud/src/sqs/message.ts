import { createHash } from 'node:crypto';

/** A value that a sender puts beside the body. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, and perhaps a label of the sender's own behind a point. */
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  /** Base64. */
  readonly BinaryValue?: string | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a sender gives. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** @default - the queue's */
  readonly delaySeconds?: number | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly senderId: string;
}

/** A message in a queue. */
export interface Message extends OutgoingMessage {
  readonly id: string;
  readonly sentMs: number;
  readonly sequenceNumber?: string | undefined;
  /** The queue that it was received from too often, for a message in a dead-letter queue. */
  readonly deadLetterSourceArn?: string | undefined;
  /** From when on it may be received: it is delayed or in flight until then. */
  visibleMs: number;
  receiveCount: number;
  firstReceivedMs?: number;
  /** Of the last receive. */
  receiptHandle?: string;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) {
    return undefined;
  }
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue = '' } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    const binary = DataType.startsWith('Binary');
    hash.update(Buffer.from([binary ? 2 : 1]));
    add(binary ? Buffer.from(BinaryValue, 'base64') : Buffer.from(StringValue ?? ''));
  }
  return hash.digest('hex');
}

/** What counts towards the size of a message: its body, and names, types and values of its attributes. */
export function sizeOf(body: string, attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (size, [name, { BinaryValue = '', DataType, StringValue = '' }]) =>
      size +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(body),
  );
}
