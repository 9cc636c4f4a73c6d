import type { IntegrationPattern, JsonValue, TaskRequest, TaskResource } from '@workflows/states-language';
import {
  AWS_SDK_STYLE,
  ClientPackageError,
  javaExceptionName,
  OPTIMIZED_STYLE,
  SdkCallError,
  type SdkServices,
  type ServiceLocation,
  serviceNamed,
  UnknownFieldError,
} from '../../aws-sdk';
import type { Integration } from '../tasks/integration';
import { responseMetadata } from '../tasks/sdk-metadata';
import { TaskFailure } from '../tasks/task-failure';

const AWS_SDK = 'aws-sdk:';

/** How an optimized integration names the errors of its service: those of version 1 of the AWS SDK for Java. */
interface OptimizedService {
  readonly prefix: string;
  readonly service: string;
}

/** Optimized integrations whose actions are those of the service's API. */
const OPTIMIZED = new Map<string, OptimizedService>([
  ['athena', { prefix: 'Athena', service: 'AmazonAthena' }],
  ['batch', { prefix: 'Batch', service: 'AWSBatch' }],
  ['bedrock', { prefix: 'Bedrock', service: 'AmazonBedrock' }],
  ['codebuild', { prefix: 'CodeBuild', service: 'AWSCodeBuild' }],
  ['databrew', { prefix: 'DataBrew', service: 'AWSGlueDataBrew' }],
  ['dynamodb', { prefix: 'DynamoDB', service: 'AmazonDynamoDBv2' }],
  ['ecs', { prefix: 'ECS', service: 'AmazonECS' }],
  ['emr-containers', { prefix: 'EMRContainers', service: 'AmazonEMRContainers' }],
  ['emr-serverless', { prefix: 'EMRServerless', service: 'EMRServerless' }],
  ['events', { prefix: 'EventBridge', service: 'AmazonEventBridge' }],
  ['glue', { prefix: 'Glue', service: 'AWSGlue' }],
  ['mediaconvert', { prefix: 'MediaConvert', service: 'AWSMediaConvert' }],
  ['sagemaker', { prefix: 'SageMaker', service: 'AmazonSageMaker' }],
  ['sns', { prefix: 'SNS', service: 'AmazonSNS' }],
  ['sqs', { prefix: 'SQS', service: 'AmazonSQS' }],
  ['states', { prefix: 'StepFunctions', service: 'AWSStepFunctions' }],
]);

/** A job is waited for by events of its service, which no endpoint sends: `.sync` works with mocks only. */
const PATTERNS: readonly IntegrationPattern[] = ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'];

/**
 * The integration that carries `resource` out by the service's client of the AWS SDK, wherever `locationOf` says that
 * the service is.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function otherService(
  { service: name, action, pattern }: TaskResource,
  sdk: SdkServices,
  locationOf: (service: string) => ServiceLocation | undefined,
): Integration | undefined {
  const isAwsSdk = name.startsWith(AWS_SDK);
  if (!PATTERNS.includes(pattern) || !(isAwsSdk || OPTIMIZED.has(name))) {
    return undefined;
  }
  const service = clientOf(isAwsSdk ? name.slice(AWS_SDK.length) : name, action);
  const location = locationOf(service);
  if (location === undefined) {
    return undefined;
  }
  return {
    service: name,
    actions: [action],
    patterns: PATTERNS,
    async request(task) {
      const style = isAwsSdk ? AWS_SDK_STYLE : OPTIMIZED_STYLE;
      try {
        const { output, response, requestId } = await sdk.call(service, action, location, task.arguments, style);
        return isAwsSdk ? output : optimizedOutput(name, output, () => responseMetadata(response, requestId));
      } catch (error) {
        throw taskFailure(task, error, OPTIMIZED.get(name));
      }
    },
  };
}

/** The optimized integration of Bedrock speaks to two services. */
function clientOf(name: string, action: string): string {
  return name === 'bedrock' && action.startsWith('invokeModel') ? 'bedrock-runtime' : serviceNamed(name);
}

type Output = { readonly [name: string]: JsonValue };

function optimizedOutput(name: string, given: JsonValue, metadata: () => Output): JsonValue {
  const output = given as Output;
  switch (name) {
    case 'events':
      // Recorded: no metadata, and an entry that failed fails the task.
      if (typeof output.FailedEntryCount === 'number' && output.FailedEntryCount > 0) {
        throw new TaskFailure('EventBridge.FailedEntry', JSON.stringify(output), true);
      }
      return output;
    case 'bedrock':
      return typeof output.Body === 'string' ? { ...output, Body: parsed(output.Body) } : output;
    default:
      return { ...output, ...metadata() };
  }
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function taskFailure(task: TaskRequest, error: unknown, optimized: OptimizedService | undefined): unknown {
  if (error instanceof SdkCallError) {
    return optimized === undefined ? awsSdkFailure(error) : optimizedFailure(error, optimized);
  }
  if (error instanceof UnknownFieldError) {
    return new TaskFailure(
      'States.Runtime',
      `The Parameters '${task.argumentsText}' could not be used to start the Task: [${error.message}]`,
    );
  }
  return error instanceof ClientPackageError ? new TaskFailure('States.Runtime', error.message) : error;
}

function awsSdkFailure(error: SdkCallError): TaskFailure {
  const { errorName, extendedRequestId, message, modelled, requestId, serviceName, status } = error;
  if (errorName === undefined) {
    return new TaskFailure(
      `${serviceName}.SdkClientException`,
      `Unable to execute HTTP request: ${message} (SDK Attempt Count: 1)`,
    );
  }
  const extended = extendedRequestId === undefined ? '' : `, Extended Request ID: ${extendedRequestId}`;
  return new TaskFailure(
    `${serviceName}.${modelled ? javaExceptionName(errorName) : `${serviceName}Exception`}`,
    `${message} (Service: ${serviceName}, Status Code: ${status}, Request ID: ${requestId}${extended}) (SDK Attempt Count: 1)`,
  );
}

function optimizedFailure(error: SdkCallError, { prefix, service }: OptimizedService): TaskFailure {
  const { code, errorName, message, modelled, requestId, status } = error;
  if (errorName === undefined) {
    return new TaskFailure(`${prefix}.SdkClientException`, `Unable to execute HTTP request: ${message}`);
  }
  const name = modelled ? errorName.replace(/(Exception)?$/, 'Exception') : `${service.replace(/v2$/, '')}Exception`;
  return new TaskFailure(
    `${prefix}.${name}`,
    `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
  );
}
