import { block, number, oneOf, optional, tags, text } from '../arguments';
import { UnsupportedTerraformError } from '../errors';
import { resourceType } from '../resource-type';

const busOf = (nameOrArn = 'default'): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);

export const eventResources = [
  resourceType({
    type: 'aws_cloudwatch_event_bus',
    arguments: { name: text, description: optional(text), tags: optional(tags) },
    create: ({ name }, { cloud: { bus } }) => ({ arn: bus.createBus(name), id: name }),
  }),
  resourceType({
    type: 'aws_cloudwatch_event_rule',
    generatesName: true,
    arguments: {
      name: text,
      description: optional(text),
      event_bus_name: optional(text),
      event_pattern: optional(text),
      schedule_expression: optional(text),
      state: optional(oneOf(['ENABLED', 'DISABLED']), 'ENABLED'),
      tags: optional(tags),
    },
    create: (values, { cloud: { bus } }) => {
      const { event_pattern: pattern, name, schedule_expression: schedule, state } = values;
      if ((pattern === undefined) === (schedule === undefined)) {
        throw new UnsupportedTerraformError(
          `a rule with ${pattern === undefined ? 'neither' : 'both'} of \`event_pattern\` and \`schedule_expression\` is not supported; supported: one of them`,
        );
      }
      const busName = bus.busNamed(busOf(values.event_bus_name));
      return { arn: bus.putRule(name, { enabled: state === 'ENABLED', pattern, schedule }, busName), id: name };
    },
  }),
  resourceType({
    type: 'aws_cloudwatch_event_target',
    arguments: {
      arn: text,
      rule: text,
      event_bus_name: optional(text),
      input: optional(text),
      input_path: optional(text),
      input_transformer: optional(block({ input_template: text, input_paths: optional(tags) })),
      // An event is accepted at once, and then retried as the function's own settings say.
      retry_policy: optional(
        block({ maximum_event_age_in_seconds: optional(number), maximum_retry_attempts: optional(number) }),
      ),
      role_arn: optional(text),
      sqs_target: optional(block({ message_group_id: optional(text) })),
      target_id: optional(text),
    },
    create: (values, { address, cloud: { bus, functions, iam } }) => {
      const { arn, input, input_path, input_transformer: transformer, role_arn, rule, target_id = address } = values;
      if (arn.includes(':lambda:')) {
        // Terraform's dependencies make sure that the function is there.
        functions.get(arn);
      }
      if (role_arn !== undefined) {
        iam.checkAssumable(role_arn, 'events.amazonaws.com');
      }
      bus.putTarget(
        rule,
        {
          Id: target_id,
          Arn: arn,
          Input: input,
          InputPath: input_path,
          InputTransformer: transformer && {
            InputPathsMap: transformer.input_paths ?? {},
            InputTemplate: transformer.input_template,
          },
          RoleArn: role_arn,
          SqsParameters: values.sqs_target && { MessageGroupId: values.sqs_target.message_group_id },
        },
        busOf(values.event_bus_name),
      );
      return { id: `${rule}-${target_id}`, target_id };
    },
  }),
];
