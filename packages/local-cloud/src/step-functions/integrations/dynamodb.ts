import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { JsonValue, TaskRequest } from '@workflows/states-language';
import { AwsError, type AwsRequest, type AwsResponse } from '../../contracts';
import type { Integration, TaskEnvironment } from '../tasks/integration';
import { sdkMetadata } from '../tasks/sdk-metadata';
import {
  awsSdkErrors,
  type ErrorNaming,
  isModelledByJsonServices,
  serviceFailure,
  TaskFailure,
} from '../tasks/task-failure';
import { apiNames, stateNames } from './dynamodb-names';

const OPTIMIZED_ERRORS: ErrorNaming = {
  prefix: 'DynamoDB',
  service: 'AmazonDynamoDBv2',
  unmodelled: 'AmazonDynamoDBException',
  isModelled: isModelledByJsonServices,
  sdk: 1,
};
const AWS_SDK_ERRORS = awsSdkErrors('DynamoDb', isModelledByJsonServices);

/** DynamoDB refuses requests that are not signed. Who asks is said by the request's principal, so nobody reads this one. */
const SIGNATURE = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=states/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20260101T000000Z',
};

/** `arn:aws:states:::dynamodb:<action>` @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html */
export const optimizedDynamoDb: Integration = {
  service: 'dynamodb',
  actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  patterns: ['REQUEST_RESPONSE'],
  async request(task, environment) {
    const request = { ...task, arguments: withTypes(task.arguments) };
    const { text, body } = await call(request, environment, OPTIMIZED_ERRORS);
    const requestId = randomUUID();
    return {
      ...body,
      ...sdkMetadata(
        [
          ['Server', 'Server'],
          ['Connection', 'keep-alive'],
          ['x-amzn-RequestId', requestId],
          ['x-amz-crc32', String(crc32(text))],
          ['Content-Length', String(Buffer.byteLength(text))],
          ['Date', new Date(environment.context.clock.now()).toUTCString()],
          ['Content-Type', 'application/x-amz-json-1.0'],
        ],
        requestId,
        200,
      ),
    };
  },
};

/** `arn:aws:states:::aws-sdk:dynamodb:<action>` @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
export const awsSdkDynamoDb: Integration = {
  service: 'aws-sdk:dynamodb',
  actions: 'all',
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  request: async (task, environment) =>
    stateNames((await call({ ...task, arguments: apiNames(task.arguments) }, environment, AWS_SDK_ERRORS)).body),
};

const ATTRIBUTES: ReadonlySet<string> = new Set(['Item', 'Key', 'ExpressionAttributeValues']);

/**
 * Text that stands where an attribute value does is one of type `S`. (Seen in the output of an execution on AWS:
 * https://github.com/aws-samples/serverless-patterns/tree/main/sfn-dynamodb)
 */
function withTypes(given: JsonValue): JsonValue {
  return mapped(given, (value, field) => (ATTRIBUTES.has(field) ? mapped(value, withType) : value));
}

function withType(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    return { S: value };
  }
  return mapped(value, (inner, type) => {
    if (type === 'L' && Array.isArray(inner)) {
      return inner.map(withType);
    }
    return type === 'M' ? mapped(inner, withType) : inner;
  });
}

function mapped(value: JsonValue, map: (member: JsonValue, name: string) => JsonValue): JsonValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member, name)]))
    : value;
}

async function call(
  task: TaskRequest,
  { services, principal }: TaskEnvironment,
  naming: ErrorNaming,
): Promise<{ text: string; body: Record<string, JsonValue> }> {
  const { action } = task.resource;
  const request: AwsRequest = {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {
      'x-amz-target': `DynamoDB_20120810.${action.charAt(0).toUpperCase()}${action.slice(1)}`,
      'content-type': 'application/x-amz-json-1.0',
      ...SIGNATURE,
    },
    body: Buffer.from(JSON.stringify(task.arguments)),
    principal,
  };
  const dynamoDb = services.find((service) => service.serves(request));
  if (dynamoDb === undefined) {
    throw new TaskFailure(
      'States.Runtime',
      `${task.resource.arn} needs DynamoDB, which this runtime was started without.`,
    );
  }
  const response = await dynamoDb.handle(request).catch((error) => {
    throw new TaskFailure(`${naming.prefix}.SdkClientException`, `Unable to execute HTTP request: ${error.message}`);
  });
  const text = response.body.toString();
  if (response.status >= 300) {
    throw serviceFailure(answeredError(response, text), naming);
  }
  return { text, body: JSON.parse(text) };
}

function answeredError(response: AwsResponse, text: string): AwsError {
  const document: { __type?: string; message?: string; Message?: string } = JSON.parse(text);
  const code = document.__type?.split('#').at(-1) ?? 'InternalServerError';
  return new AwsError(code, document.message ?? document.Message ?? '', response.status);
}
