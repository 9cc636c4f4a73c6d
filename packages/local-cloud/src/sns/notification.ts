import type { JsonValue } from '@workflows/states-language';
import type { MessageAttributes } from '../sqs';

/** What was published. */
export interface Notification {
  readonly messageId: string;
  readonly topicArn: string;
  /** By protocol, where the publisher wrote a text for each. */
  readonly messageFor: (protocol: string) => string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  readonly timestamp: string;
}

/** Nothing is signed here; the members are where subscribers expect them. */
const SIGNATURE = 'EXAMPLE';

const shownAttributes = (attributes: MessageAttributes): JsonValue =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { BinaryValue, DataType, StringValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
    ]),
  );

const certificateUrl = (region: string): string =>
  `https://sns.${region}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem`;

const unsubscribeUrl = (region: string, subscriptionArn: string): string =>
  `https://sns.${region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function functionEvent(notification: Notification, subscriptionArn: string, region: string): string {
  const { attributes, messageFor, messageId, subject, timestamp, topicArn } = notification;
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: messageFor('lambda'),
          Timestamp: timestamp,
          SignatureVersion: '1',
          Signature: SIGNATURE,
          SigningCertUrl: certificateUrl(region),
          UnsubscribeUrl: unsubscribeUrl(region, subscriptionArn),
          MessageAttributes: shownAttributes(attributes),
        },
      },
    ],
  });
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export function queueMessage(notification: Notification, subscriptionArn: string, region: string): string {
  const { attributes, messageFor, messageId, subject, timestamp, topicArn } = notification;
  return JSON.stringify(
    {
      Type: 'Notification',
      MessageId: messageId,
      TopicArn: topicArn,
      ...(subject === undefined ? {} : { Subject: subject }),
      Message: messageFor('sqs'),
      Timestamp: timestamp,
      SignatureVersion: '1',
      Signature: SIGNATURE,
      SigningCertURL: certificateUrl(region),
      UnsubscribeURL: unsubscribeUrl(region, subscriptionArn),
      ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: shownAttributes(attributes) }),
    },
    null,
    2,
  );
}
