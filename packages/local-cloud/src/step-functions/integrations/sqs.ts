import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@workflows/states-language';
import type { AwsError } from '../../contracts';
import { SqsError } from '../../sqs';
import { awsSdkIntegration, callService, withText } from '../tasks/call-service';
import type { Integration } from '../tasks/integration';
import { jsonServiceMetadata } from '../tasks/sdk-metadata';
import { TaskFailure } from '../tasks/task-failure';

const UNMODELLED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidParameterValue',
  'MissingParameter',
  'SerializationException',
  'UnknownOperationException',
]);

/** Not every field of the API is taken: `MessageSystemAttributes` is none of them. */
const FIELDS = [
  'DelaySeconds',
  'MessageAttributes',
  'MessageBody',
  'MessageDeduplicationId',
  'MessageGroupId',
  'QueueUrl',
];

/** `arn:aws:states:::sqs:sendMessage` @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
export const sendMessage: Integration = {
  service: 'sqs',
  actions: ['sendMessage'],
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task, environment) {
    const given = withText(task.arguments, ['MessageBody']) as Record<string, JsonValue>;
    const input = Object.fromEntries(Object.entries(given).filter(([name]) => FIELDS.includes(name)));
    const sent = await callService('sqs', task, environment, input, optimizedFailure);
    return { ...sent, ...jsonServiceMetadata(JSON.stringify(sent), environment.context.clock.now()) };
  },
};

/** `arn:aws:states:::aws-sdk:sqs:<action>` */
export const awsSdkSqs = awsSdkIntegration({
  id: 'sqs',
  name: 'Sqs',
  isModelled: (code) => !UNMODELLED.has(code),
  inputOf: (given) => withText(given, ['MessageBody']),
  shown,
});

/** Version 1 of the AWS SDK for Java names errors by the model and shows the code of the query protocol. */
function optimizedFailure(error: AwsError): TaskFailure {
  const { code, message, status } = error;
  const name = UNMODELLED.has(code) ? 'AmazonSQSException' : `${code}Exception`;
  const shownCode = error instanceof SqsError ? error.queryCode : code;
  return new TaskFailure(
    `SQS.${name}`,
    `${message} (Service: AmazonSQS; Status Code: ${status}; Error Code: ${shownCode}; Request ID: ${randomUUID()}; Proxy: null)`,
  );
}

/** Version 2 of the AWS SDK for Java writes `Md5OfBody` for `MD5OfBody`. */
function shown(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(shown);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name.replace(/^MD5/, 'Md5'), shown(member)]))
    : value;
}
