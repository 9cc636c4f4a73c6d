import type { JsonValue } from '@workflows/states-language';
import { compilePattern } from '../eventbridge/event-pattern';
import type { MessageAttribute } from '../sqs';
import { UnsupportedError } from '../unsupported-error';
import { invalidParameter } from './errors';
import type { Notification } from './notification';

/** Protocols whose messages arrive. */
const DELIVERED = ['lambda', 'sqs'];
/** Messages to people: accepted, and sent to nobody from this machine. */
const UNSENT = ['email', 'email-json', 'sms'];

const SETTABLE = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery'];

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  attributes: Readonly<Record<string, string>>;
  /** Whether it is for this message, by its filter policy. */
  matches: (notification: Notification) => boolean;
}

/** @throws {AwsError} `InvalidParameter` */
export function checkProtocol(protocol: string, endpoint: string): void {
  if (![...DELIVERED, ...UNSENT].includes(protocol)) {
    throw invalidParameter(
      `Protocol ${protocol} is not supported by this runtime; supported are ${DELIVERED.join(', ')}, and, without effect, ${UNSENT.join(', ')}`,
    );
  }
  if (DELIVERED.includes(protocol) && !new RegExp(`^arn:[^:]+:${protocol}:`).test(endpoint)) {
    throw invalidParameter(`${protocol === 'sqs' ? 'SQS' : 'Lambda'} endpoint ARN`);
  }
}

/** @throws {AwsError} `InvalidParameter` for attributes and filters that are not supported */
export function configure(subscription: Subscription, changed: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(changed).find((name) => !SETTABLE.includes(name));
  if (unknown !== undefined) {
    throw invalidParameter(`AttributeName ${unknown}; this runtime supports ${SETTABLE.join(', ')}`);
  }
  const attributes = { ...subscription.attributes, ...changed };
  const { FilterPolicy: policy, FilterPolicyScope: scope = 'MessageAttributes' } = attributes;
  subscription.matches =
    policy === undefined || policy === '' ? () => true : filterOf(policy, scope, subscription.protocol);
  subscription.attributes = attributes;
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
function filterOf(policy: string, scope: string, protocol: string): Subscription['matches'] {
  let test: (value: JsonValue) => boolean;
  try {
    test = compilePattern(policy);
  } catch (error) {
    const reason = error instanceof UnsupportedError ? error.message : 'failed to parse JSON';
    throw invalidParameter(`FilterPolicy: ${reason}`);
  }
  if (scope === 'MessageBody') {
    return ({ messageFor }) => {
      const body = parsed(messageFor(protocol));
      return typeof body === 'object' && test(body);
    };
  }
  return ({ attributes }) =>
    test(Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, filtered(value)])));
}

function filtered({ BinaryValue, DataType, StringValue = '' }: MessageAttribute): JsonValue {
  if (DataType === 'Number') {
    return Number(StringValue);
  }
  return DataType === 'String.Array' ? parsed(StringValue) : (BinaryValue ?? StringValue);
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
