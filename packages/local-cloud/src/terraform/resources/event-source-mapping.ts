import * as v from 'valibot';
import { block, flag, number, only, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

export const eventSourceMappingResources = [
  resourceType({
    type: 'aws_lambda_event_source_mapping',
    arguments: {
      event_source_arn: text,
      function_name: text,
      batch_size: optional(number, 10),
      enabled: optional(flag, true),
      function_response_types: optional(v.array(only('ReportBatchItemFailures')), []),
      maximum_batching_window_in_seconds: optional(number, 0),
      scaling_config: optional(block({ maximum_concurrency: optional(number) })),
      tags: optional(tags),
    },
    create: (values, { cloud: { eventSources, functions } }) => {
      const mapping = eventSources.create(values.event_source_arn, values.function_name, {
        enabled: values.enabled,
        batchSize: values.batch_size,
        batchingWindowSeconds: values.maximum_batching_window_in_seconds,
        maximumConcurrency: values.scaling_config?.maximum_concurrency,
        reportsItemFailures: values.function_response_types.length > 0,
      });
      const function_arn = functions.arn(mapping.functionName);
      return { id: mapping.id, uuid: mapping.id, function_arn, state: 'Enabled' };
    },
  }),
];
