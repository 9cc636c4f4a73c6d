import * as v from 'valibot';
import { arnOf } from '../../account';
import { anything, block, flag, number, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

/** Types that Terraform creates for the people who run a deployment. Nothing that a workflow does depends on them. */
export const resourcesWithoutEffect = [
  resourceType({
    type: 'aws_cloudwatch_log_group',
    generatesName: true,
    withoutEffect: 'logs are written to files, one per function and API',
    arguments: {
      name: text,
      kms_key_id: optional(text),
      log_group_class: optional(text),
      retention_in_days: optional(number),
      skip_destroy: optional(flag),
      tags: optional(tags),
    },
    create: ({ name }, { cloud: { region } }) => ({ arn: arnOf('logs', region, `log-group:${name}`), id: name }),
  }),
  resourceType({
    type: 'aws_cloudwatch_log_resource_policy',
    withoutEffect: 'logs are written to files, one per function and API',
    arguments: { policy_document: text, policy_name: text },
    create: ({ policy_name }) => ({ id: policy_name }),
  }),
  resourceType({
    type: 'aws_cloudwatch_metric_alarm',
    withoutEffect: 'there are no metrics',
    arguments: {
      alarm_name: text,
      comparison_operator: text,
      evaluation_periods: number,
      actions_enabled: optional(flag),
      alarm_actions: optional(v.array(text)),
      alarm_description: optional(text),
      datapoints_to_alarm: optional(number),
      dimensions: optional(tags),
      extended_statistic: optional(text),
      insufficient_data_actions: optional(v.array(text)),
      metric_name: optional(text),
      metric_query: optional(anything),
      namespace: optional(text),
      ok_actions: optional(v.array(text)),
      period: optional(number),
      statistic: optional(text),
      tags: optional(tags),
      threshold: optional(number),
      treat_missing_data: optional(text),
      unit: optional(text),
    },
    create: ({ alarm_name }, { cloud: { region } }) => ({
      arn: arnOf('cloudwatch', region, `alarm:${alarm_name}`),
      id: alarm_name,
    }),
  }),
  resourceType({
    type: 'aws_cloudwatch_dashboard',
    withoutEffect: 'there are no metrics',
    arguments: { dashboard_body: text, dashboard_name: text },
    create: ({ dashboard_name }) => ({
      dashboard_arn: arnOf('cloudwatch', '', `dashboard/${dashboard_name}`),
      id: dashboard_name,
    }),
  }),
  resourceType({
    type: 'aws_cloudwatch_log_metric_filter',
    withoutEffect: 'there are no metrics',
    arguments: {
      log_group_name: text,
      metric_transformation: block({
        name: text,
        namespace: text,
        value: text,
        default_value: optional(text),
        dimensions: optional(tags),
        unit: optional(text),
      }),
      name: text,
      pattern: text,
    },
    create: ({ name }) => ({ id: name }),
  }),
];
