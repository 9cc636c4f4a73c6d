/** Members that several requests share, with AWS's bounds. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html */
import { boolean, integer, list, optional, string, structure } from './shapes';

/** Largest payload of a state, a task or an execution, in UTF-8 bytes. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_PAYLOAD_BYTES = 262_144;
const MAX_DEFINITION_LENGTH = 1_048_576;

export const arn = string({ min: 1, max: 256 });
export const longArn = string({ min: 1, max: 2000 });
export const name = string({ min: 1, max: 80 });
/** Names of aliases are not numbers, which are the names of versions. */
export const aliasName = string({ min: 1, max: 80, pattern: '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$' });
export const definition = string({ min: 1, max: MAX_DEFINITION_LENGTH, sensitive: true });
export const payload = string({ max: MAX_PAYLOAD_BYTES, bytes: true, sensitive: true });
export const errorName = string({ max: 256, sensitive: true });
export const errorCause = string({ max: 32_768, sensitive: true });
export const taskToken = string({ min: 1, max: 2048, sensitive: true });
export const maxResults = integer({ min: 0, max: 1000 });
const pageToken = string({ min: 1, max: 1024 });

/** What every request for a page takes. */
export const page = { maxResults: optional(maxResults), nextToken: optional(pageToken) };
export const executionPageToken = string({ min: 1, max: 3096 });
export const includedData = string({ oneOf: ['ALL_DATA', 'METADATA_ONLY'] });
export const stateMachineType = string({ oneOf: ['STANDARD', 'EXPRESS'] });
export const description = string({ max: 256, sensitive: true });
export const clientToken = string({ min: 1, max: 64, pattern: '[!-~]+' });
export const traceHeader = string({ max: 256, pattern: '\\p{ASCII}*' });

export const loggingConfiguration = structure({
  level: optional(string({ oneOf: ['ALL', 'ERROR', 'FATAL', 'OFF'] })),
  includeExecutionData: optional(boolean()),
  destinations: optional(
    list(
      structure({
        cloudWatchLogsLogGroup: optional(structure({ logGroupArn: optional(string({ min: 1, max: 256 })) })),
      }),
    ),
  ),
});
export const tracingConfiguration = structure({ enabled: optional(boolean()) });
export const encryptionConfiguration = structure({
  type: string({ oneOf: ['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY'] }),
  kmsKeyId: optional(string({ min: 1, max: 2048 })),
  kmsDataKeyReusePeriodSeconds: optional(integer({ min: 60, max: 900 })),
});
export const tags = list(
  structure({ key: optional(string({ min: 1, max: 128 })), value: optional(string({ max: 256 })) }),
);
export const routingConfiguration = list(
  structure({ stateMachineVersionArn: arn, weight: integer({ min: 0, max: 100 }) }),
  { min: 1, max: 2, itemName: 'RoutingConfigurationListItem' },
);
