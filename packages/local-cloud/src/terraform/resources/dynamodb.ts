import * as v from 'valibot';
import { tableArn } from '../../dynamodb';
import { block, blocks, flag, number, oneOf, only, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

const throughput = (read = 5, write = 5) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });

const keySchema = (hashKey: string, rangeKey: string | undefined) => [
  { AttributeName: hashKey, KeyType: 'HASH' },
  ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' }]),
];

export const dynamoDbResources = [
  resourceType({
    type: 'aws_dynamodb_table',
    arguments: {
      attribute: blocks({ name: text, type: oneOf(['S', 'N', 'B']) }),
      hash_key: text,
      name: text,
      billing_mode: optional(oneOf(['PAY_PER_REQUEST', 'PROVISIONED']), 'PROVISIONED'),
      // A table here lives as long as the process.
      deletion_protection_enabled: optional(flag),
      global_secondary_index: optional(
        blocks({
          hash_key: text,
          name: text,
          projection_type: oneOf(['ALL', 'INCLUDE', 'KEYS_ONLY']),
          non_key_attributes: optional(v.array(text)),
          range_key: optional(text),
          read_capacity: optional(number),
          write_capacity: optional(number),
        }),
        [],
      ),
      point_in_time_recovery: optional(block({ enabled: flag, recovery_period_in_days: optional(number) })),
      range_key: optional(text),
      read_capacity: optional(number),
      // In memory: nothing is at rest.
      server_side_encryption: optional(block({ enabled: flag, kms_key_arn: optional(text) })),
      stream_enabled: optional(only(false)),
      table_class: optional(oneOf(['STANDARD', 'STANDARD_INFREQUENT_ACCESS'])),
      tags: optional(tags),
      ttl: optional(block({ attribute_name: optional(text), enabled: optional(flag, true) })),
      write_capacity: optional(number),
    },
    create: async (values, { cloud: { dynamoDb, region } }) => {
      const { billing_mode: billingMode, name } = values;
      const provisioned = billingMode === 'PROVISIONED';
      await dynamoDb.call('CreateTable', {
        TableName: name,
        AttributeDefinitions: values.attribute.map((it) => ({ AttributeName: it.name, AttributeType: it.type })),
        KeySchema: keySchema(values.hash_key, values.range_key),
        BillingMode: billingMode,
        ...(provisioned ? { ProvisionedThroughput: throughput(values.read_capacity, values.write_capacity) } : {}),
        ...(values.global_secondary_index.length > 0
          ? {
              GlobalSecondaryIndexes: values.global_secondary_index.map((index) => ({
                IndexName: index.name,
                KeySchema: keySchema(index.hash_key, index.range_key),
                Projection: {
                  ProjectionType: index.projection_type,
                  ...(index.non_key_attributes === undefined ? {} : { NonKeyAttributes: index.non_key_attributes }),
                },
                ...(provisioned
                  ? { ProvisionedThroughput: throughput(index.read_capacity, index.write_capacity) }
                  : {}),
              })),
            }
          : {}),
      });
      await dynamoDb.whenActive(name);
      if (values.ttl?.enabled && values.ttl.attribute_name !== undefined) {
        const TimeToLiveSpecification = { AttributeName: values.ttl.attribute_name, Enabled: true };
        await dynamoDb.call('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification });
      }
      if (values.point_in_time_recovery?.enabled) {
        const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
        await dynamoDb.call('UpdateContinuousBackups', { TableName: name, PointInTimeRecoverySpecification });
      }
      return { arn: tableArn(region, name), id: name };
    },
  }),
];
