import { isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { ACCOUNT_ID } from '../../account';
import { NODE_RUNTIMES } from '../../lambda';
import { block, number, oneOf, only, optional, tags, text } from '../arguments';
import { resourceType } from '../resource-type';

export const lambdaResources = [
  resourceType({
    type: 'aws_lambda_function',
    arguments: {
      function_name: text,
      role: text,
      filename: text,
      handler: text,
      runtime: oneOf(NODE_RUNTIMES),
      architectures: optional(v.array(oneOf(['arm64', 'x86_64'])), ['x86_64']),
      description: optional(text, ''),
      environment: optional(
        block({ variables: optional(v.record(v.string(), v.union([v.string(), v.number()])), {}) }),
      ),
      ephemeral_storage: optional(block({ size: number })),
      // Log lines are written as Lambda's text format has them, whatever is set here.
      logging_config: optional(
        block({
          log_format: oneOf(['JSON', 'Text']),
          application_log_level: optional(text),
          system_log_level: optional(text),
          log_group: optional(text),
        }),
      ),
      memory_size: optional(number, 128),
      package_type: optional(only('Zip')),
      publish: optional(only(false)),
      reserved_concurrent_executions: optional(number, -1),
      source_code_hash: optional(text),
      tags: optional(tags),
      timeout: optional(number, 3),
      tracing_config: optional(block({ mode: oneOf(['Active', 'PassThrough']) }), { mode: 'PassThrough' }),
    },
    create: (values, { cloud: { functions, iam, region }, directory }) => {
      const name = values.function_name;
      const arn = functions.arn(name);
      iam.checkAssumable(values.role, 'lambda.amazonaws.com', {
        'aws:sourceaccount': ACCOUNT_ID,
        'aws:sourcearn': arn,
      });
      const path = isAbsolute(values.filename) ? values.filename : join(directory, values.filename);
      const code = functions.codeStore.fromPath(path);
      const reserved = values.reserved_concurrent_executions;
      const variables = Object.entries(values.environment?.variables ?? {});
      functions.create(
        {
          name,
          arn,
          roleArn: values.role,
          region,
          runtime: values.runtime,
          handler: values.handler,
          description: values.description,
          timeoutSeconds: values.timeout,
          memorySizeMb: values.memory_size,
          architectures: values.architectures,
          variables: Object.fromEntries(variables.map(([key, value]) => [key, String(value)])),
          tracingMode: values.tracing_config.mode,
          ...(reserved >= 0 ? { reservedConcurrency: reserved } : {}),
        },
        code,
      );
      return {
        arn,
        id: name,
        invoke_arn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
        qualified_arn: `${arn}:$LATEST`,
        version: '$LATEST',
      };
    },
  }),
  resourceType({
    type: 'aws_lambda_permission',
    arguments: {
      action: text,
      function_name: text,
      principal: text,
      source_account: optional(text),
      source_arn: optional(text),
      statement_id: optional(text),
    },
    create: (values, { address, cloud: { functions } }) => {
      const statementId = values.statement_id ?? address;
      functions.addPermission(values.function_name, {
        statementId,
        action: values.action,
        principal: values.principal,
        ...(values.source_account === undefined ? {} : { sourceAccount: values.source_account }),
        ...(values.source_arn === undefined ? {} : { sourceArn: values.source_arn }),
      });
      return { id: statementId, statement_id: statementId };
    },
  }),
  resourceType({
    type: 'aws_lambda_function_event_invoke_config',
    arguments: {
      function_name: text,
      maximum_event_age_in_seconds: optional(number, 21_600),
      maximum_retry_attempts: optional(number, 2),
      qualifier: optional(only('$LATEST')),
    },
    create: (values, { cloud: { functions } }) => {
      functions.configureAsynchronous(values.function_name, {
        maximumEventAgeSeconds: values.maximum_event_age_in_seconds,
        maximumRetryAttempts: values.maximum_retry_attempts,
      });
      return { id: values.function_name };
    },
  }),
];
