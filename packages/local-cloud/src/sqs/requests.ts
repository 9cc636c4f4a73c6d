import * as v from 'valibot';
import { operationIn, requestBy } from '../endpoint/operation-requests';
import { invalidParameter, missingParameter, SqsError } from './errors';

const text = v.string();
const integer = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));
const texts = v.record(v.string(), v.string());

const MessageAttributesSchema = v.record(
  v.pipe(v.string(), v.regex(/^(?!\.)[\w.-]{1,256}(?<!\.)$/)),
  v.object({
    DataType: v.pipe(v.string(), v.regex(/^(String|Number|Binary)(\..+)?$/)),
    StringValue: v.optional(text),
    BinaryValue: v.optional(text),
  }),
);

const outgoing = {
  MessageBody: v.pipe(text, v.minLength(1)),
  DelaySeconds: v.optional(integer(0, 900)),
  MessageAttributes: v.optional(MessageAttributesSchema, {}),
  MessageSystemAttributes: v.optional(v.record(v.literal('AWSTraceHeader'), v.unknown())),
  MessageDeduplicationId: v.optional(v.pipe(text, v.minLength(1), v.maxLength(128))),
  MessageGroupId: v.optional(v.pipe(text, v.minLength(1), v.maxLength(128))),
};
const visibility = integer(0, 43_200);
const entries = <T extends v.ObjectEntries>(schema: T) => v.array(v.object({ Id: text, ...schema }));

/** The requests of the operations; fields that are not listed are ignored, as SQS does. */
export const REQUESTS = {
  CreateQueue: v.object({
    QueueName: v.pipe(text, v.regex(/^[\w-]{1,80}$|^[\w-]{1,75}\.fifo$/)),
    Attributes: v.optional(texts, {}),
  }),
  DeleteQueue: v.object({ QueueUrl: text }),
  GetQueueUrl: v.object({ QueueName: text }),
  GetQueueAttributes: v.object({ QueueUrl: text, AttributeNames: v.optional(v.array(text), []) }),
  SetQueueAttributes: v.object({ QueueUrl: text, Attributes: texts }),
  ListQueues: v.object({ QueueNamePrefix: v.optional(text, '') }),
  ListQueueTags: v.object({ QueueUrl: text }),
  TagQueue: v.object({ QueueUrl: text, Tags: texts }),
  UntagQueue: v.object({ QueueUrl: text, TagKeys: v.array(text) }),
  PurgeQueue: v.object({ QueueUrl: text }),
  SendMessage: v.object({ QueueUrl: text, ...outgoing }),
  SendMessageBatch: v.object({ QueueUrl: text, Entries: entries(outgoing) }),
  ReceiveMessage: v.object({
    QueueUrl: text,
    AttributeNames: v.optional(v.array(text), []),
    MessageSystemAttributeNames: v.optional(v.array(text), []),
    MessageAttributeNames: v.optional(v.array(text), []),
    MaxNumberOfMessages: v.optional(integer(1, 10), 1),
    VisibilityTimeout: v.optional(visibility),
    WaitTimeSeconds: v.optional(integer(0, 20)),
  }),
  DeleteMessage: v.object({ QueueUrl: text, ReceiptHandle: text }),
  DeleteMessageBatch: v.object({ QueueUrl: text, Entries: entries({ ReceiptHandle: text }) }),
  ChangeMessageVisibility: v.object({ QueueUrl: text, ReceiptHandle: text, VisibilityTimeout: visibility }),
  ChangeMessageVisibilityBatch: v.object({
    QueueUrl: text,
    Entries: entries({ ReceiptHandle: text, VisibilityTimeout: visibility }),
  }),
} as const;

export type OperationName = keyof typeof REQUESTS;
export type RequestOf<N extends OperationName> = v.InferOutput<(typeof REQUESTS)[N]>;

/** @throws {SqsError} `UnknownOperationException` */
export const operationNamed = (name: string): OperationName =>
  operationIn(REQUESTS, { name, service: 'SQS' }, (message) => new SqsError('UnknownOperationException', message));

/** @throws {SqsError} `MissingParameter`, `InvalidParameterValue` */
export const readRequest = <N extends OperationName>(name: N, request: unknown): RequestOf<N> =>
  requestBy(REQUESTS[name] as v.GenericSchema<unknown, RequestOf<N>>, request, (issue) => {
    const member = v.getDotPath(issue) ?? 'request';
    return issue.received === 'undefined'
      ? missingParameter(member)
      : invalidParameter(`Value ${issue.received} for parameter ${member} is invalid. Reason: ${issue.message}.`);
  });
