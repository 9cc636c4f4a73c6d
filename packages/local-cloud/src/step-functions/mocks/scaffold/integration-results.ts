import type { JsonValue, TaskResource } from '@workflows/states-language';

const ACCOUNT = 'us-east-1:123456789012';
const CHILD = {
  ExecutionArn: `arn:aws:states:${ACCOUNT}:execution:child:example`,
  StartDate: 1767225600000,
};
const ENDED_CHILD = {
  ...CHILD,
  Name: 'example',
  StateMachineArn: `arn:aws:states:${ACCOUNT}:stateMachine:child`,
  Status: 'SUCCEEDED',
  StopDate: 1767225601000,
};
const METADATA = { SdkHttpMetadata: { HttpStatusCode: 200 } };
const HTTP = { StatusCode: 200, Headers: { 'Content-Type': ['application/json'] }, ResponseBody: {} };

/** By service, action and suffix; where a suffix has no entry of its own, the one of the bare action holds. */
const RESULTS: Readonly<Record<string, JsonValue>> = {
  'lambda:invoke': { ExecutedVersion: '$LATEST', Payload: {}, StatusCode: 200 },
  'sqs:sendMessage': {
    MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
    MessageId: '3bcb6e8e-8b51-4375-b0bc-1a59812c6e51',
  },
  'sns:publish': { MessageId: '3bcb6e8e-8b51-4375-b0bc-1a59812c6e51' },
  'events:putEvents': { Entries: [{ EventId: '3bcb6e8e-8b51-4375-b0bc-1a59812c6e51' }], FailedEntryCount: 0 },
  'dynamodb:getItem': { Item: {}, ...METADATA },
  'dynamodb:putItem': METADATA,
  'dynamodb:updateItem': METADATA,
  'dynamodb:deleteItem': METADATA,
  'states:startExecution': CHILD,
  'states:startExecution.sync': { ...ENDED_CHILD, Input: '{}', Output: '{}' },
  'states:startExecution.sync:2': { ...ENDED_CHILD, Input: {}, Output: {} },
  'http:invoke': { ...HTTP, StatusText: 'OK' },
  'apigateway:invoke': { ...HTTP, StatusText: 'OK' },
  'athena:startQueryExecution': { QueryExecutionId: '3bcb6e8e-8b51-4375-b0bc-1a59812c6e51' },
  'athena:startQueryExecution.sync': {
    QueryExecution: {
      QueryExecutionId: '3bcb6e8e-8b51-4375-b0bc-1a59812c6e51',
      ResultConfiguration: { OutputLocation: 's3://example-bucket/results.csv' },
      Status: { State: 'SUCCEEDED' },
    },
  },
  'athena:getQueryResults': { ResultSet: { Rows: [{ Data: [{ VarCharValue: 'example-value' }] }] } },
  'batch:submitJob': { JobArn: `arn:aws:batch:${ACCOUNT}:job/example`, JobId: 'example-job-id', JobName: 'example' },
  'batch:submitJob.sync': { JobId: 'example-job-id', JobName: 'example', Status: 'SUCCEEDED' },
  'bedrock:invokeModel': { Body: {}, ContentType: 'application/json' },
  'codebuild:startBuild.sync': { Build: { BuildStatus: 'SUCCEEDED', Id: 'example-build-id' } },
  'ecs:runTask': { Failures: [], Tasks: [{ LastStatus: 'PROVISIONING' }] },
  'ecs:runTask.sync': { Containers: [{ ExitCode: 0 }], LastStatus: 'STOPPED' },
  'eks:runJob.sync': { logs: {}, status: { succeeded: 1 } },
  'elasticmapreduce:createCluster': { ClusterId: 'example-cluster-id' },
  'elasticmapreduce:addStep.sync': { Step: { Id: 'example-step-id', Status: { State: 'COMPLETED' } } },
  'emr-serverless:startJobRun.sync': {
    ApplicationId: 'example-application-id',
    JobRunId: 'example-id',
    State: 'SUCCESS',
  },
  'glue:startJobRun': { JobRunId: 'example-job-run-id' },
  'glue:startJobRun.sync': { Id: 'example-job-run-id', JobName: 'example', JobRunState: 'SUCCEEDED' },
  'mediaconvert:createJob.sync': { Job: { Id: 'example-job-id', Status: 'COMPLETE' } },
  'sagemaker:createTrainingJob.sync': { TrainingJobName: 'example', TrainingJobStatus: 'Completed' },
  'sagemaker:createTransformJob.sync': { TransformJobName: 'example', TransformJobStatus: 'Completed' },
  'sagemaker:createProcessingJob.sync': { ProcessingJobName: 'example', ProcessingJobStatus: 'Completed' },
  'aws-sdk:s3:listObjectsV2': { Contents: [{ Key: 'example-key', Size: 1 }], IsTruncated: false, KeyCount: 1 },
  'aws-sdk:dynamodb:scan': { Count: 1, Items: [{}], ScannedCount: 1 },
  'aws-sdk:dynamodb:query': { Count: 1, Items: [{}], ScannedCount: 1 },
};

/**
 * What a service may answer. Only what every answer has: the rest is filled in as far as later states read it. A
 * callback may bring anything, so it begins empty.
 */
export function exampleResult({ action, arn, pattern, service }: TaskResource): JsonValue {
  if (pattern === 'WAIT_FOR_TASK_TOKEN') {
    return {};
  }
  const name = `${service}:${action}`;
  const suffix = pattern === 'REQUEST_RESPONSE' ? '' : arn.slice(arn.lastIndexOf('.sync'));
  return RESULTS[name + suffix] ?? RESULTS[name] ?? {};
}

/** What an `ItemReader` may find. */
export const EXAMPLE_ITEMS: JsonValue = [{ Key: 'example-key', Size: 1 }];

/** What a `ResultWriter` answers. */
export const EXAMPLE_WRITTEN: JsonValue = {
  MapRunArn: `arn:aws:states:${ACCOUNT}:mapRun:example/example:3bcb6e8e-8b51-4375-b0bc-1a59812c6e51`,
  ResultWriterDetails: { Bucket: 'example-bucket', Key: 'example/manifest.json' },
};
