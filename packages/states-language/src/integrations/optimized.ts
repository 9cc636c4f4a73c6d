import type { IntegrationPattern } from '../document/integration-pattern';

type Patterns = readonly IntegrationPattern[];

/** The actions of one service, each with the patterns that it supports. */
export type IntegrationActions = Readonly<Record<string, Patterns>>;

const REQUEST: Patterns = ['REQUEST_RESPONSE'];
const JOB: Patterns = ['REQUEST_RESPONSE', 'SYNC'];
const CALLBACK: Patterns = ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'];
const JOB_AND_CALLBACK: Patterns = ['REQUEST_RESPONSE', 'SYNC', 'WAIT_FOR_TASK_TOKEN'];
const EVERY: Patterns = ['REQUEST_RESPONSE', 'SYNC', 'SYNC_2', 'WAIT_FOR_TASK_TOKEN'];

/** Actions that all support the same patterns. */
const each = (patterns: Patterns, ...actions: readonly string[]): IntegrationActions =>
  Object.fromEntries(actions.map((action) => [action, patterns]));

/**
 * The optimized integrations, `arn:aws:states:::<service>:<action>`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
export const OPTIMIZED_INTEGRATIONS: Readonly<Record<string, IntegrationActions>> = {
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html */
  apigateway: { invoke: CALLBACK },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html */
  athena: {
    startQueryExecution: JOB,
    ...each(REQUEST, 'getQueryExecution', 'getQueryResults', 'stopQueryExecution'),
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
  batch: { submitJob: JOB },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html */
  bedrock: { invokeModel: CALLBACK, createModelCustomizationJob: JOB_AND_CALLBACK },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrockagentcore.html */
  'bedrock-agentcore': { invokeHarness: REQUEST },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html */
  codebuild: {
    ...each(JOB, 'startBuild', 'startBuildBatch', 'retryBuildBatch'),
    ...each(REQUEST, 'stopBuild', 'stopBuildBatch', 'deleteBuildBatch', 'batchDeleteBuilds', 'batchGetReports'),
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-databrew.html */
  databrew: { startJobRun: JOB },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html */
  dynamodb: each(REQUEST, 'getItem', 'putItem', 'updateItem', 'deleteItem'),
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html */
  ecs: { runTask: JOB_AND_CALLBACK },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eks.html */
  eks: {
    call: CALLBACK,
    runJob: JOB_AND_CALLBACK,
    ...each(
      JOB,
      'createCluster',
      'deleteCluster',
      'createFargateProfile',
      'deleteFargateProfile',
      'createNodegroup',
      'deleteNodegroup',
    ),
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html */
  elasticmapreduce: {
    ...each(JOB, 'createCluster', 'terminateCluster', 'addStep'),
    ...each(
      REQUEST,
      'cancelStep',
      'setClusterTerminationProtection',
      'modifyInstanceFleetByName',
      'modifyInstanceGroupByName',
    ),
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-eks.html */
  'emr-containers': { createVirtualCluster: REQUEST, ...each(JOB, 'deleteVirtualCluster', 'startJobRun') },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html */
  'emr-serverless': each(
    JOB,
    'createApplication',
    'startApplication',
    'stopApplication',
    'deleteApplication',
    'startJobRun',
    'cancelJobRun',
  ),
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
  events: { putEvents: CALLBACK },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html */
  glue: { startJobRun: JOB },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
  http: { invoke: REQUEST },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
  lambda: { invoke: CALLBACK },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-mediaconvert.html */
  mediaconvert: { createJob: JOB },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html */
  sagemaker: {
    ...each(
      JOB,
      'createHyperParameterTuningJob',
      'createLabelingJob',
      'createProcessingJob',
      'createTrainingJob',
      'createTransformJob',
    ),
    ...each(REQUEST, 'createEndpoint', 'createEndpointConfig', 'createModel', 'updateEndpoint'),
  },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
  sns: { publish: CALLBACK },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
  sqs: { sendMessage: CALLBACK },
  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
  states: { startExecution: EVERY },
};

/** The patterns of every action that is called through the AWS SDK. @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
export const AWS_SDK_PATTERNS: Patterns = CALLBACK;
