import * as v from 'valibot';
import { SqsError } from './errors';

/** 1 MiB since August 2025. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const MAX_MESSAGE_BYTES = 1_048_576;

const integer = (minimum: number, maximum: number) =>
  v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(minimum), v.maxValue(maximum));

const flag = v.pipe(
  v.picklist(['true', 'false']),
  v.transform((text) => text === 'true'),
);

const RedrivePolicySchema = v.strictObject({
  deadLetterTargetArn: v.string(),
  maxReceiveCount: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.decimal(), v.transform(Number))]),
    v.minValue(1),
    v.maxValue(1000),
  ),
});

/** An empty text removes the policy. */
const redrivePolicy = v.pipe(
  v.string(),
  v.transform((text) => (text === '' ? undefined : json(text))),
  v.optional(RedrivePolicySchema),
);

/** Attributes of queues that may be set. Encryption has no effect here: nothing is at rest. */
const ATTRIBUTES = {
  DelaySeconds: integer(0, 900),
  MaximumMessageSize: integer(1024, MAX_MESSAGE_BYTES),
  MessageRetentionPeriod: integer(60, 1_209_600),
  Policy: v.string(),
  ReceiveMessageWaitTimeSeconds: integer(0, 20),
  RedrivePolicy: redrivePolicy,
  VisibilityTimeout: integer(0, 43_200),
  FifoQueue: flag,
  ContentBasedDeduplication: flag,
  DeduplicationScope: v.literal('queue'),
  FifoThroughputLimit: v.literal('perQueue'),
  KmsMasterKeyId: v.string(),
  KmsDataKeyReusePeriodSeconds: integer(60, 86_400),
  SqsManagedSseEnabled: flag,
} as const;

export type QueueAttributes = Readonly<Record<string, string>>;

const DEFAULTS: QueueAttributes = {
  DelaySeconds: '0',
  MaximumMessageSize: String(MAX_MESSAGE_BYTES),
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
};

/** What of its attributes a queue works with. */
export interface QueueSettings {
  readonly attributes: QueueAttributes;
  readonly delayMs: number;
  readonly maximumBytes: number;
  readonly retentionMs: number;
  readonly waitMs: number;
  readonly visibilityMs: number;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly redrive: v.InferOutput<typeof RedrivePolicySchema> | undefined;
}

/**
 * @param given as `CreateQueue` and `SetQueueAttributes` take them
 * @param previous what the queue has
 * @throws {SqsError} `InvalidAttributeName`, `InvalidAttributeValue`
 */
export function queueSettings(given: QueueAttributes, previous: QueueAttributes = DEFAULTS): QueueSettings {
  for (const [name, value] of Object.entries(given)) {
    const schema: v.GenericSchema | undefined = ATTRIBUTES[name as keyof typeof ATTRIBUTES];
    if (schema === undefined) {
      throw new SqsError(
        'InvalidAttributeName',
        `Unknown Attribute ${name}. This runtime supports ${Object.keys(ATTRIBUTES).join(', ')}.`,
      );
    }
    if (!v.safeParse(schema, value).success) {
      throw new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    }
  }
  const attributes = Object.fromEntries(Object.entries({ ...previous, ...given }).filter(([, value]) => value !== ''));
  const seconds = (name: string): number => Number(attributes[name]) * 1000;
  return {
    attributes,
    delayMs: seconds('DelaySeconds'),
    maximumBytes: Number(attributes.MaximumMessageSize),
    retentionMs: seconds('MessageRetentionPeriod'),
    waitMs: seconds('ReceiveMessageWaitTimeSeconds'),
    visibilityMs: seconds('VisibilityTimeout'),
    fifo: attributes.FifoQueue === 'true',
    contentBasedDeduplication: attributes.ContentBasedDeduplication === 'true',
    redrive: v.parse(redrivePolicy, attributes.RedrivePolicy ?? ''),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
