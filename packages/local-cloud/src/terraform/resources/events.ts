import type { EventBus } from '../../eventbridge';
import { block, number, oneOf, only, optional, tags, text } from '../arguments';
import { UnsupportedTerraformError } from '../errors';
import { resourceType } from '../resource-type';

function putRule(
  bus: EventBus,
  name: string,
  pattern: string | undefined,
  schedule: string | undefined,
  enabled: boolean,
): string {
  if (pattern !== undefined && schedule === undefined) {
    return bus.putRule(name, pattern, enabled);
  }
  if (schedule !== undefined && pattern === undefined) {
    return bus.putScheduledRule(name, schedule, enabled);
  }
  throw new UnsupportedTerraformError(
    `a rule with ${pattern === undefined ? 'neither' : 'both'} of \`event_pattern\` and \`schedule_expression\` is not supported; supported: one of them`,
  );
}

export const eventResources = [
  resourceType({
    type: 'aws_cloudwatch_event_rule',
    generatesName: true,
    arguments: {
      name: text,
      description: optional(text),
      event_bus_name: optional(only('default')),
      event_pattern: optional(text),
      schedule_expression: optional(text),
      state: optional(oneOf(['ENABLED', 'DISABLED']), 'ENABLED'),
      tags: optional(tags),
    },
    create: ({ event_pattern, name, schedule_expression, state }, { cloud: { bus } }) => ({
      arn: putRule(bus, name, event_pattern, schedule_expression, state === 'ENABLED'),
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
