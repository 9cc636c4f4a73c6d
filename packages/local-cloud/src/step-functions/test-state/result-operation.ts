import type { TaskResource } from '@workflows/states-language';

/** Whose answer the result of a task is. */
export interface ResultOperation {
  readonly service: string;
  readonly operation: string;
  /** Whether bytes arrive as the JSON that they hold, as those of optimized integrations do. */
  readonly opensBytes: boolean;
  /** The name that a member of the API has in a result. */
  nameOf(member: string): string;
  /** Members that hold JSON where the API answers text. */
  readonly opens: readonly string[];
}

/** `aws-sdk` integrations write a word of capitals as any other word, as the AWS SDK for Java does. */
function sdkName(member: string): string {
  return member === 'NULL'
    ? 'Nul'
    : member.replaceAll(/[A-Z]{2,}(?![a-z])/g, (word) => word.charAt(0) + word.slice(1).toLowerCase());
}

const sameName = (member: string): string => member;

/** Names of optimized integrations that are not those of their services. */
const SERVICES: Readonly<Record<string, string>> = {
  states: 'sfn',
  events: 'eventbridge',
  elasticmapreduce: 'emr',
  'emr-containers': 'emrcontainers',
  'emr-serverless': 'emrserverless',
};

/** Integrations whose results AWS compares with nothing. @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html */
const UNCHECKED: ReadonlySet<string> = new Set(['http:invoke', 'apigateway:invoke', 'eks:call', 'eks:runJob']);

/** Actions that go by another name in the API. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'elasticmapreduce:createCluster': 'runJobFlow',
  'elasticmapreduce:cancelStep': 'cancelSteps',
};

/** What a `.sync` task asks until its job is done: its result is the answer to that. */
const POLLING: Readonly<Record<string, string>> = {
  'athena:startQueryExecution': 'getQueryExecution',
  'batch:submitJob': 'describeJobs',
  'bedrock:createModelCustomizationJob': 'getModelCustomizationJob',
  'codebuild:startBuild': 'batchGetBuilds',
  'codebuild:startBuildBatch': 'batchGetBuildBatches',
  'codebuild:retryBuildBatch': 'batchGetBuildBatches',
  'databrew:startJobRun': 'describeJobRun',
  'ecs:runTask': 'describeTasks',
  'elasticmapreduce:createCluster': 'describeCluster',
  'elasticmapreduce:terminateCluster': 'describeCluster',
  'elasticmapreduce:addStep': 'describeStep',
  'emr-containers:startJobRun': 'describeJobRun',
  'emr-containers:deleteVirtualCluster': 'describeVirtualCluster',
  'emr-serverless:startJobRun': 'getJobRun',
  'emr-serverless:cancelJobRun': 'getJobRun',
  'glue:startJobRun': 'getJobRun',
  'mediaconvert:createJob': 'getJob',
  'states:startExecution': 'describeExecution',
};

/** Jobs that are asked about by the name of what they are about, such as `DescribeCluster` after `CreateCluster`. */
const RESOURCE_JOB = /^(?:create|start|stop|delete)(\w+)$/;

/** The operation whose answer a task's result is; `undefined` where nothing says what it looks like. */
export function resultOperation({ action, pattern, service }: TaskResource): ResultOperation | undefined {
  const name = `${service}:${action}`;
  if (pattern === 'WAIT_FOR_TASK_TOKEN' || action === 'function' || action === 'activity' || UNCHECKED.has(name)) {
    return undefined;
  }
  if (service.startsWith('aws-sdk:')) {
    return {
      service: service.slice('aws-sdk:'.length),
      operation: action,
      opensBytes: false,
      opens: [],
      nameOf: sdkName,
    };
  }
  const job = pattern === 'SYNC' || pattern === 'SYNC_2';
  return {
    service: name === 'bedrock:invokeModel' ? 'bedrockruntime' : (SERVICES[service] ?? service),
    operation: job ? pollingOperation(service, action) : (OPERATIONS[name] ?? action),
    opensBytes: true,
    opens: pattern === 'SYNC_2' ? ['Input', 'Output'] : [],
    nameOf: sameName,
  };
}

function pollingOperation(service: string, action: string): string {
  const [, resource = ''] = RESOURCE_JOB.exec(action) ?? [];
  const verb = service === 'emr-serverless' ? 'get' : 'describe';
  return POLLING[`${service}:${action}`] ?? `${verb}${resource}`;
}
