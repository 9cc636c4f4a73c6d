import { flag, oneOf, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

export const snsResources = [
  resourceType({
    type: 'aws_sns_topic',
    generatesName: true,
    arguments: {
      name: text,
      display_name: optional(text),
      kms_master_key_id: optional(text),
      policy: optional(text),
      tags: optional(tags),
    },
    create: ({ name }, { cloud: { sns } }) => {
      const arn = sns.createTopic(name);
      return { arn, id: arn };
    },
  }),
  resourceType({
    type: 'aws_sns_topic_policy',
    withoutEffect: 'services of the same account may publish, and roles as their own policies say',
    arguments: { arn: text, policy: text },
    create: ({ arn }) => ({ id: arn }),
  }),
  resourceType({
    type: 'aws_sns_topic_subscription',
    arguments: {
      endpoint: text,
      protocol: text,
      topic_arn: text,
      endpoint_auto_confirms: optional(flag),
      filter_policy: optional(text),
      filter_policy_scope: optional(oneOf(['MessageAttributes', 'MessageBody'])),
      raw_message_delivery: optional(flag),
    },
    create: (values, { cloud: { sns } }) => {
      const { filter_policy, filter_policy_scope, raw_message_delivery } = values;
      const arn = sns.subscribe(values.topic_arn, values.protocol, values.endpoint, {
        ...(filter_policy === undefined ? {} : { FilterPolicy: filter_policy }),
        ...(filter_policy_scope === undefined ? {} : { FilterPolicyScope: filter_policy_scope }),
        ...(raw_message_delivery === undefined ? {} : { RawMessageDelivery: String(raw_message_delivery) }),
      });
      return { arn, id: arn };
    },
  }),
];
