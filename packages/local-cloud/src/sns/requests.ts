import * as v from 'valibot';
import { AwsError } from '../contracts';
import { operationIn, requestBy } from '../endpoint/operation-requests';
import { invalidParameter } from './errors';

const text = v.string();
const texts = v.record(v.string(), v.string());

const published = {
  Message: v.optional(text, ''),
  Subject: v.optional(text),
  MessageStructure: v.optional(v.literal('json')),
  MessageAttributes: v.optional(
    v.record(v.string(), v.object({ DataType: text, StringValue: v.optional(text), BinaryValue: v.optional(text) })),
    {},
  ),
};

/** The requests of the operations; members that are not listed are ignored. */
export const REQUESTS = {
  CreateTopic: v.object({ Name: text, Attributes: v.optional(texts, {}) }),
  DeleteTopic: v.object({ TopicArn: text }),
  ListTopics: v.object({}),
  GetTopicAttributes: v.object({ TopicArn: text }),
  SetTopicAttributes: v.object({ TopicArn: text, AttributeName: text, AttributeValue: v.optional(text, '') }),
  ListTagsForResource: v.object({ ResourceArn: text }),
  Subscribe: v.object({
    TopicArn: text,
    Protocol: text,
    Endpoint: v.optional(text, ''),
    Attributes: v.optional(texts, {}),
  }),
  Unsubscribe: v.object({ SubscriptionArn: text }),
  ListSubscriptions: v.object({}),
  ListSubscriptionsByTopic: v.object({ TopicArn: text }),
  GetSubscriptionAttributes: v.object({ SubscriptionArn: text }),
  SetSubscriptionAttributes: v.object({
    SubscriptionArn: text,
    AttributeName: text,
    AttributeValue: v.optional(text, ''),
  }),
  Publish: v.object({
    TopicArn: v.optional(text),
    TargetArn: v.optional(text),
    PhoneNumber: v.optional(text),
    ...published,
  }),
  PublishBatch: v.object({
    TopicArn: text,
    PublishBatchRequestEntries: v.array(v.object({ Id: text, ...published })),
  }),
} as const;

export type OperationName = keyof typeof REQUESTS;
export type RequestOf<N extends OperationName> = v.InferOutput<(typeof REQUESTS)[N]>;

/** @throws {AwsError} `InvalidAction` */
export const operationNamed = (name: string): OperationName =>
  operationIn(REQUESTS, { name, service: 'SNS' }, (message) => new AwsError('InvalidAction', message));

/** @throws {AwsError} `InvalidParameter` */
export const readRequest = <N extends OperationName>(name: N, request: unknown): RequestOf<N> =>
  requestBy(REQUESTS[name] as v.GenericSchema<unknown, RequestOf<N>>, request, (issue) => {
    const problem = issue.received === 'undefined' ? ' Reason: no value for required parameter' : `: ${issue.message}`;
    return invalidParameter(`${v.getDotPath(issue) ?? name}${problem}`);
  });
