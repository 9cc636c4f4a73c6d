import { block, number, oneOf, only, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

export const eventResources = [
  resourceType({
    type: 'aws_cloudwatch_event_rule',
    arguments: {
      event_pattern: text,
      name: text,
      description: optional(text),
      event_bus_name: optional(only('default')),
      state: optional(oneOf(['ENABLED', 'DISABLED']), 'ENABLED'),
      tags: optional(tags),
    },
    create: ({ event_pattern, name, state }, { cloud: { bus } }) => ({
      arn: bus.putRule(name, event_pattern, state === 'ENABLED'),
      id: name,
    }),
  }),
  resourceType({
    type: 'aws_cloudwatch_event_target',
    arguments: {
      arn: text,
      rule: text,
      event_bus_name: optional(only('default')),
      // An event is accepted at once, and then retried as the function's own settings say.
      retry_policy: optional(
        block({ maximum_event_age_in_seconds: optional(number), maximum_retry_attempts: optional(number) }),
      ),
      target_id: optional(text),
    },
    create: ({ arn, rule, target_id }, { address, cloud: { bus, functions } }) => {
      // Terraform's dependencies make sure that the function is there; anything else is no function.
      bus.putTarget(rule, functions.get(arn).configuration.name);
      return { id: `${rule}-${target_id ?? address}`, target_id: target_id ?? address };
    },
  }),
];
