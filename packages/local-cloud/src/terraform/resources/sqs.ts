import { flag, number, only, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

/** What of the arguments is given, under the names of SQS's attributes, as text. */
const attributesOf = (given: Record<string, string | number | boolean | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

export const sqsResources = [
  resourceType({
    type: 'aws_sqs_queue',
    generatesName: true,
    arguments: {
      name: text,
      content_based_deduplication: optional(flag),
      deduplication_scope: optional(only('queue')),
      delay_seconds: optional(number),
      fifo_queue: optional(flag),
      fifo_throughput_limit: optional(only('perQueue')),
      kms_data_key_reuse_period_seconds: optional(number),
      kms_master_key_id: optional(text),
      max_message_size: optional(number),
      message_retention_seconds: optional(number),
      policy: optional(text),
      receive_wait_time_seconds: optional(number),
      redrive_policy: optional(text),
      // In memory: nothing is at rest.
      sqs_managed_sse_enabled: optional(flag),
      tags: optional(tags),
      visibility_timeout_seconds: optional(number),
    },
    create: (values, { cloud: { sqs } }) => {
      const queue = sqs.create(
        values.name,
        attributesOf({
          ContentBasedDeduplication: values.content_based_deduplication,
          DelaySeconds: values.delay_seconds,
          FifoQueue: values.fifo_queue === true ? true : undefined,
          MaximumMessageSize: values.max_message_size,
          MessageRetentionPeriod: values.message_retention_seconds,
          Policy: values.policy,
          ReceiveMessageWaitTimeSeconds: values.receive_wait_time_seconds,
          RedrivePolicy: values.redrive_policy,
          VisibilityTimeout: values.visibility_timeout_seconds,
        }),
      );
      const url = sqs.url(queue);
      return { arn: queue.arn, id: url, url };
    },
  }),
  resourceType({
    type: 'aws_sqs_queue_policy',
    arguments: { policy: text, queue_url: text },
    create: async ({ policy, queue_url }, { cloud: { sqs } }) => {
      await sqs.call('SetQueueAttributes', { QueueUrl: queue_url, Attributes: { Policy: policy } }, undefined);
      return { id: queue_url };
    },
  }),
  resourceType({
    type: 'aws_sqs_queue_redrive_policy',
    arguments: { queue_url: text, redrive_policy: text },
    create: async ({ queue_url, redrive_policy }, { cloud: { sqs } }) => {
      const Attributes = { RedrivePolicy: redrive_policy };
      await sqs.call('SetQueueAttributes', { QueueUrl: queue_url, Attributes }, undefined);
      return { id: queue_url };
    },
  }),
];
