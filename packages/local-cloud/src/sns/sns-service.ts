import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@workflows/states-language';
import { ACCOUNT_ID, arnOf } from '../account';
import {
  type Authorizer,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type InProcessService,
  type Principal,
  type RuntimeClock,
} from '../contracts';
import type { FunctionService } from '../lambda';
import type { SqsService } from '../sqs';
import { invalidParameter, subscriptionDoesNotExist, topicDoesNotExist } from './errors';
import { functionEvent, type Notification, queueMessage } from './notification';
import { errorXml, readForm, resultXml } from './query-protocol';
import { type OperationName, operationNamed, type RequestOf, readRequest } from './requests';
import { checkProtocol, configure, type Subscription } from './subscription';

type JsonObject = Record<string, JsonValue>;
type Published = Pick<RequestOf<'Publish'>, 'Message' | 'MessageAttributes' | 'MessageStructure' | 'Subject'>;

export interface SnsOptions {
  readonly region: string;
  readonly clock: RuntimeClock;
  readonly authorizer: Authorizer;
  readonly functions: Pick<FunctionService, 'invokeFor'>;
  readonly sqs: Pick<SqsService, 'sendFor'>;
  /** Told of messages that a subscriber could not be given, which AWS would only show in a metric. */
  readonly onUndelivered: (problem: string) => void;
}

const VERSION = 'Version=2010-03-31';
/** Service of Signature Version 4. */
const SCOPE = /Credential=[^,\s]+\/sns\/aws4_request/;
const MAX_MESSAGE_BYTES = 262_144;

/** SNS: topics with functions and queues as subscribers, over the query protocol and in process. */
export class SnsService implements InProcessService {
  readonly id = 'sns';
  readonly #topics = new Map<string, Record<string, string>>();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #options: SnsOptions;

  constructor(options: SnsOptions) {
    this.#options = options;
  }

  serves({ body, headers, method }: AwsRequest): boolean {
    return (
      method === 'POST' &&
      headers['x-amz-target'] === undefined &&
      headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true &&
      (SCOPE.test(headers.authorization ?? '') || body.includes(VERSION))
    );
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    const requestId = randomUUID();
    const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
    try {
      const { Action, ...input } = readForm(new URLSearchParams(request.body.toString()));
      const operation = String(Action);
      return {
        status: 200,
        headers,
        body: resultXml(operation, await this.call(operation, input, request.principal), requestId),
      };
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      return { status: error.status, headers, body: errorXml(error, requestId) };
    }
  }

  async call(operation: string, input: JsonValue, principal: Principal | undefined): Promise<JsonObject> {
    const name = operationNamed(operation);
    const request = readRequest(name, input);
    this.#authorize(name, request, principal);
    switch (name) {
      case 'CreateTopic': {
        const { Attributes, Name } = request as RequestOf<typeof name>;
        return { TopicArn: this.createTopic(Name, Attributes) };
      }
      case 'Publish': {
        const { TargetArn, TopicArn = TargetArn, ...message } = request as RequestOf<typeof name>;
        if (TopicArn === undefined) {
          throw invalidParameter(
            message.PhoneNumber === undefined
              ? 'TopicArn or TargetArn Reason: no value for required parameter'
              : 'PhoneNumber Reason: this runtime sends no text messages',
          );
        }
        return { MessageId: this.#publish(TopicArn, message) };
      }
      case 'PublishBatch':
        return this.#publishBatch(request as RequestOf<typeof name>);
      case 'Subscribe': {
        const { Attributes, Endpoint, Protocol, TopicArn } = request as RequestOf<typeof name>;
        return { SubscriptionArn: this.subscribe(TopicArn, Protocol, Endpoint, Attributes) };
      }
      case 'Unsubscribe':
        this.#subscriptions.delete((request as RequestOf<typeof name>).SubscriptionArn);
        return {};
      case 'GetSubscriptionAttributes': {
        const { arn, attributes, endpoint, protocol, topicArn } = this.#subscription(request as RequestOf<typeof name>);
        const fixed = { SubscriptionArn: arn, TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint };
        const state = { Owner: ACCOUNT_ID, PendingConfirmation: 'false', RawMessageDelivery: 'false' };
        return { Attributes: { ...fixed, ...state, ...attributes } };
      }
      case 'SetSubscriptionAttributes': {
        const { AttributeName, AttributeValue, SubscriptionArn } = request as RequestOf<typeof name>;
        configure(this.#subscription({ SubscriptionArn }), { [AttributeName]: AttributeValue });
        return {};
      }
      default:
        return this.#runOnTopics(name, request as { TopicArn?: string });
    }
  }

  /** @throws {AwsError} `InvalidParameter` for names and kinds that are not supported */
  createTopic(name: string, attributes: Readonly<Record<string, string>> = {}): string {
    if (!/^[\w-]{1,256}$/.test(name) || attributes.FifoTopic === 'true') {
      throw invalidParameter(`Topic Name ${name}; this runtime supports standard topics only, no FIFO ones`);
    }
    const arn = arnOf('sns', this.#options.region, name);
    this.#topics.set(arn, { ...this.#topics.get(arn), ...attributes });
    return arn;
  }

  /** @throws {AwsError} `NotFound`, `InvalidParameter` */
  subscribe(
    topicArn: string,
    protocol: string,
    endpoint: string,
    attributes: Readonly<Record<string, string>>,
  ): string {
    this.#topic(topicArn);
    checkProtocol(protocol, endpoint);
    const existing = this.#subscribers(topicArn).find((it) => it.protocol === protocol && it.endpoint === endpoint);
    const arn = existing?.arn ?? `${topicArn}:${randomUUID()}`;
    const subscription: Subscription = { arn, topicArn, protocol, endpoint, attributes: {}, matches: () => true };
    configure(subscription, attributes);
    this.#subscriptions.set(arn, subscription);
    return arn;
  }

  async close(): Promise<void> {
    this.#topics.clear();
    this.#subscriptions.clear();
  }

  #runOnTopics(name: OperationName, { TopicArn = '', ...request }: { TopicArn?: string }): JsonObject {
    switch (name) {
      case 'ListTopics':
        return { Topics: [...this.#topics.keys()].map((arn) => ({ TopicArn: arn })) };
      case 'ListSubscriptions':
        return { Subscriptions: [...this.#subscriptions.values()].map(described) };
      case 'ListTagsForResource':
        return { Tags: [] };
      case 'ListSubscriptionsByTopic':
        this.#topic(TopicArn);
        return { Subscriptions: this.#subscribers(TopicArn).map(described) };
      case 'DeleteTopic':
        for (const { arn } of this.#subscribers(TopicArn)) {
          this.#subscriptions.delete(arn);
        }
        this.#topics.delete(TopicArn);
        return {};
      case 'SetTopicAttributes': {
        const { AttributeName, AttributeValue } = request as RequestOf<typeof name>;
        this.#topics.set(TopicArn, { ...this.#topic(TopicArn), [AttributeName]: AttributeValue });
        return {};
      }
      default: {
        const confirmed = String(this.#subscribers(TopicArn).length);
        const counts = { SubscriptionsConfirmed: confirmed, SubscriptionsPending: '0', SubscriptionsDeleted: '0' };
        return { Attributes: { TopicArn, Owner: ACCOUNT_ID, ...counts, ...this.#topic(TopicArn) } };
      }
    }
  }

  #publishBatch({ PublishBatchRequestEntries: entries, TopicArn }: RequestOf<'PublishBatch'>): JsonObject {
    this.#topic(TopicArn);
    const successful: JsonObject[] = [];
    const failed: JsonObject[] = [];
    for (const { Id, ...message } of entries) {
      try {
        successful.push({ Id, MessageId: this.#publish(TopicArn, message) });
      } catch (error) {
        if (!(error instanceof AwsError)) {
          throw error;
        }
        failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return { Successful: successful, Failed: failed };
  }

  /** @returns the id of the message, which its subscribers get later, as with SNS */
  #publish(topicArn: string, message: Published): string {
    this.#topic(topicArn);
    checkMessage(message);
    const notification: Notification = {
      messageId: randomUUID(),
      topicArn,
      messageFor: messageBy(message),
      subject: message.Subject,
      attributes: message.MessageAttributes,
      timestamp: new Date(this.#options.clock.now()).toISOString(),
    };
    for (const subscription of this.#subscribers(topicArn)) {
      if (subscription.matches(notification)) {
        this.#deliver(subscription, notification).catch((error: Error) => {
          this.#options.onUndelivered(
            `message of ${topicArn} was not delivered to ${subscription.endpoint}: ${error.message}`,
          );
        });
      }
    }
    return notification.messageId;
  }

  async #deliver(
    { arn, attributes, endpoint, protocol, topicArn }: Subscription,
    notification: Notification,
  ): Promise<void> {
    const { functions, region, sqs } = this.#options;
    const caller = { service: 'sns.amazonaws.com', sourceArn: topicArn };
    if (protocol === 'lambda') {
      await functions.invokeFor(caller, endpoint, functionEvent(notification, arn, region), 'Event');
    } else if (protocol === 'sqs') {
      const raw = attributes.RawMessageDelivery === 'true';
      sqs.sendFor(caller, endpoint, {
        body: raw ? notification.messageFor('sqs') : queueMessage(notification, arn, region),
        attributes: raw ? notification.attributes : {},
      });
    }
  }

  #subscribers(topicArn: string): Subscription[] {
    return [...this.#subscriptions.values()].filter((it) => it.topicArn === topicArn);
  }

  #topic(arn: string): Record<string, string> {
    const topic = this.#topics.get(arn);
    if (topic === undefined) {
      throw /^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]+(\.fifo)?$/.test(arn)
        ? topicDoesNotExist()
        : invalidParameter('TopicArn');
    }
    return topic;
  }

  #subscription({ SubscriptionArn }: { readonly SubscriptionArn: string }): Subscription {
    const subscription = this.#subscriptions.get(SubscriptionArn);
    if (subscription === undefined) {
      throw subscriptionDoesNotExist();
    }
    return subscription;
  }

  /** SNS has a code of its own for what a role may not do. */
  #authorize(name: OperationName, request: object, principal: Principal | undefined): void {
    const { Name, TargetArn, TopicArn } = request as { TopicArn?: string; TargetArn?: string; Name?: string };
    const resource = TopicArn ?? TargetArn ?? arnOf('sns', this.#options.region, Name ?? '*');
    try {
      this.#options.authorizer.authorize(principal, `SNS:${name.replace(/^PublishBatch$/, 'Publish')}`, resource);
    } catch (error) {
      throw error instanceof AwsError ? new AwsError('AuthorizationError', error.message, 403) : error;
    }
  }
}

const described = ({ arn, endpoint, protocol, topicArn }: Subscription): JsonObject => ({
  SubscriptionArn: arn,
  Owner: ACCOUNT_ID,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topicArn,
});

/** @throws {AwsError} `InvalidParameter`, as SNS words it */
function checkMessage({ Message, Subject }: Published): void {
  if (Message === '') {
    throw invalidParameter('Empty message');
  }
  if (Buffer.byteLength(Message) > MAX_MESSAGE_BYTES) {
    throw invalidParameter('Message too long');
  }
  if (Subject !== undefined && !/^[\x20-\x7e]{1,99}$/.test(Subject)) {
    throw invalidParameter('Subject');
  }
}

/** @throws {AwsError} `InvalidParameter` for a message by protocol that has none for all others */
function messageBy({ Message, MessageStructure }: Published): (protocol: string) => string {
  if (MessageStructure === undefined) {
    return () => Message;
  }
  let messages: { readonly [protocol: string]: unknown };
  try {
    messages = JSON.parse(Message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const { default: standard } = messages;
  if (typeof standard !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return (protocol) => {
    const own = messages[protocol];
    return typeof own === 'string' ? own : standard;
  };
}
